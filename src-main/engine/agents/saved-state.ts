// What a running thing must not forget: numbers too many for JSON as arrays by name, the rest as JSON.
import { SecateurError } from '../../contract/secateur-error.ts';

export type StateArray = Float32Array | Float64Array | Int32Array | Uint8Array;

/** JSON, in which every number survives but NaN, ±Infinity and −0: where those can be, use an array. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export interface SavedState {
  readonly values: JsonValue;
  readonly arrays: Readonly<Record<string, StateArray>>;
}

/** Whatever takes part in a checkpoint. A state may hold views: write it out before going on. */
export interface Resumable {
  saveState(): SavedState;
  /** Continues as the saved one would have, byte for byte. */
  loadState(state: SavedState): void;
}

/** A checkpoint of something else than what it is loaded into. */
export class ForeignStateError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(what: string, problem: string) {
    super(`saved state "${what}": ${problem}`, 'Resume with the settings, model and environment the run began with.');
  }
}

/** Several states as one: their arrays get the part's name and a colon before their own. */
export function joinStates(parts: Readonly<Record<string, SavedState>>): SavedState {
  const values: Record<string, JsonValue> = {};
  const arrays: Record<string, StateArray> = {};
  for (const [part, state] of Object.entries(parts)) {
    values[part] = state.values;
    for (const [name, array] of Object.entries(state.arrays)) arrays[`${part}:${name}`] = array;
  }
  return { values, arrays };
}

/**
 * One part of what `joinStates` joined.
 * @throws ForeignStateError
 */
export function partOf(state: SavedState, part: string): SavedState {
  const { values } = state;
  const own = values !== null && typeof values === 'object' && Object.hasOwn(values, part);
  if (!own) throw new ForeignStateError(part, 'is missing');
  const prefix = `${part}:`;
  const arrays = Object.entries(state.arrays)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, array]) => [name.slice(prefix.length), array] as const);
  return { values: (values as Readonly<Record<string, JsonValue>>)[part]!, arrays: Object.fromEntries(arrays) };
}

/** A kind of typed array, as `copyState` and `arraysOf` need it. */
export type StateArrayType<T extends StateArray> = new (length: number) => T;

/**
 * The arrays of a state, all of one type.
 * @throws ForeignStateError
 */
export function arraysOf<T extends StateArray>(state: SavedState, type: StateArrayType<T>): Record<string, T> {
  const arrays: Record<string, T> = {};
  for (const [name, array] of Object.entries(state.arrays)) {
    if (!(array instanceof type)) throw new ForeignStateError(name, `is not a ${type.name}`);
    arrays[name] = array;
  }
  return arrays;
}

/**
 * Copies a saved array to the beginning of the array that it was saved from.
 * @throws ForeignStateError
 */
export function restoreArray(
  target: StateArray,
  state: SavedState,
  name: string,
  length: number = target.length,
): void {
  const saved = state.arrays[name];
  if (saved === undefined) throw new ForeignStateError(name, 'is missing');
  if (saved.constructor !== target.constructor || saved.length !== length) {
    throw new ForeignStateError(name, `has ${saved.length} values of ${saved.constructor.name}, expected ${length}`);
  }
  target.set(saved);
}
