// What the study tries, and what it has found out so far: a line of docs/bench/pruning-study.jsonl for every cell.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { criteria } from '../../../src-main/engine/pruning/criteria/registry.ts';
import { canRank } from '../../../src-main/engine/pruning/granularity/granularity.ts';
import { granularities } from '../../../src-main/engine/pruning/granularity/registry.ts';
import { AGENTS, fromRoot } from './agents.ts';

export const SPARSITIES = [0.5, 0.8, 0.9, 0.95, 0.98, 0.99] as const;
export const RECOVERIES = ['none', 'distill'] as const;
export const GRANULARITIES = ['weight', 'neuron'] as const;
const SEEDS = [1, 2, 3];

/** One scoring; everything that is pruned by it comes of the same scores. */
const cellSchema = z.strictObject({
  agent: z.string(),
  granularity: z.enum(GRANULARITIES),
  criterion: z.string(),
  seed: z.int(),
});
export type Cell = z.infer<typeof cellSchema>;

const prunedSchema = z.strictObject({
  sparsity: z.number(),
  recovery: z.enum(RECOVERIES),
  /** Weights that are not zero. */
  weights: z.int(),
  /** Mean of 100 test episodes that belong to the seed. */
  mean: z.number(),
  /** `keptShare` of it. */
  kept: z.number(),
});
export type Pruned = z.infer<typeof prunedSchema>;

export const findingSchema = cellSchema.extend({
  /** Processor time of the scoring alone, states included; null where training is what scores. */
  scoringSeconds: z.number().nullable(),
  pruned: z.array(prunedSchema),
});
export type Finding = z.infer<typeof findingSchema>;

const file = fromRoot('docs/bench/pruning-study.jsonl');
const keyOf = ({ agent, granularity, criterion, seed }: Cell): string =>
  [agent, granularity, criterion, seed].join(' ');

/** In the order of the cells, whatever the order in which they were found out. */
export function readFindings(): Finding[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const known = new Map(lines.map((line) => findingSchema.parse(JSON.parse(line))).map((one) => [keyOf(one), one]));
  return allCells().flatMap((cell) => known.get(keyOf(cell)) ?? []);
}

/** At once, so that an interrupted study goes on where it was. */
export function keepFinding(finding: Finding): void {
  appendFileSync(file, `${JSON.stringify(finding)}\n`);
}

function allCells(): Cell[] {
  return SEEDS.flatMap((seed) =>
    GRANULARITIES.flatMap((granularity) =>
      criteria.all
        .filter((criterion) => canRank(criterion, granularities.get(granularity)))
        .flatMap((criterion) =>
          AGENTS.map((agent) => ({ agent: agent.id, granularity, criterion: criterion.id, seed })),
        ),
    ),
  );
}

/** Those that are still to be tried. */
export function openCells(): Cell[] {
  const known = new Set(readFindings().map(keyOf));
  return allCells().filter((cell) => !known.has(keyOf(cell)));
}
