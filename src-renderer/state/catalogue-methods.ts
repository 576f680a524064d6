import type { Catalogue } from '../../src-main/contract/catalogue.ts';

const LISTS = {
  criterion: 'criteria',
  granularity: 'granularities',
  allocation: 'allocations',
  schedule: 'schedules',
  topology: 'topologies',
  recovery: 'recoveries',
} as const;

interface ListedMethod {
  readonly id: string;
  readonly name: string;
  readonly explanation: string;
}

/** What the catalogue has of a kind; nothing while it is on its way. */
export function methodsOf(catalogue: Catalogue | null, kind: keyof typeof LISTS): readonly ListedMethod[] {
  return catalogue?.[LISTS[kind]] ?? [];
}
