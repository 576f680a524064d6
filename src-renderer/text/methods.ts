// How a method of the catalogue is called and explained in the language at hand.
import { words } from './language.svelte.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
  readonly explanation: string;
}

export type MethodKind = 'criterion' | 'granularity' | 'allocation' | 'schedule' | 'topology' | 'recovery';

/** The catalogue's own words where this language has none. */
export function wordsOf<M extends Named>(kind: MethodKind, method: M): M {
  const found = words().methods[`${kind} ${method.id}`];
  return found === undefined ? method : { ...method, ...found };
}
