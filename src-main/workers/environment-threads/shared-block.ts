// A block of slots in memory that two threads share.
import type { Action, Slots } from '../../engine/environments/environment.ts';

export interface BlockShape {
  /** Slots. */
  readonly count: number;
  readonly observationSize: number;
  /** Numbers of a continuous action; null: an index. */
  readonly actionSize: number | null;
}

export interface SharedBlock extends Slots {
  readonly buffer: SharedArrayBuffer;
  /** [count, actionSize], or an index each. */
  readonly actionNumbers: Float32Array;
  /** The same numbers as a world takes them. */
  readonly actions: ArrayLike<Action>;
}

/** @param buffer of a block of the same shape; a new one when absent */
export function sharedBlock(shape: BlockShape, buffer?: SharedArrayBuffer): SharedBlock {
  const { count, observationSize, actionSize } = shape;
  const size = actionSize ?? 1;
  const floats = count * (observationSize + 1 + size);
  const memory = buffer ?? new SharedArrayBuffer(Float32Array.BYTES_PER_ELEMENT * floats + 3 * count);
  let offset = 0;
  const floatsOf = (length: number): Float32Array => {
    const array = new Float32Array(memory, offset, length);
    offset += array.byteLength;
    return array;
  };
  const flags = (): Uint8Array => {
    const array = new Uint8Array(memory, offset, count);
    offset += count;
    return array;
  };
  const observations = floatsOf(count * observationSize);
  const rewards = floatsOf(count);
  const actionNumbers = floatsOf(count * size);
  const vectors = Array.from({ length: count }, (_, i) => actionNumbers.subarray(i * size, (i + 1) * size));
  return {
    buffer: memory,
    count,
    observations,
    rewards,
    actionNumbers,
    actions: actionSize === null ? actionNumbers : vectors,
    terminated: flags(),
    truncated: flags(),
    active: flags(),
  };
}
