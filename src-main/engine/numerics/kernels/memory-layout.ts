// Where everything lies in an instance's memory: planned once, before the memory is made, so that nothing ever moves.

/** Below are the few bytes that the compiler may use for itself. */
const START = 4096;
const LINE = 64;

/** Hands out addresses; knows only how much was taken. */
export class MemoryLayout {
  #end = START;

  /** @returns the address of `bytes` bytes, at the start of a cache line. They are zero at first. */
  take(bytes: number): number {
    const address = this.#end;
    this.#end += Math.ceil(bytes / LINE) * LINE;
    return address;
  }

  get bytes(): number {
    return this.#end;
  }
}

export const roundUpTo4 = (count: number): number => Math.ceil(count / 4) * 4;

/** Panels of 8 samples. */
export const samplePanels = (batch: number): number => Math.ceil(batch / 8);

/**
 * Distance between panels of so many bytes. A large power of two would put them all into the same few sets of a cache;
 * an odd number of lines spreads them.
 */
export function panelStride(bytes: number): number {
  const lines = Math.ceil(bytes / LINE);
  return (lines >= 16 && lines % 2 === 0 ? lines + 1 : lines) * LINE;
}
