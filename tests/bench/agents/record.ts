// What is kept of the agents that were trained, so that none is trained twice.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Template } from '../../../src-main/contract/catalogue.ts';

/** A mean return with the ends of its 95 % interval. */
const returnSchema = z.strictObject({ mean: z.number(), low: z.number(), high: z.number() });

export const trainedCellSchema = z.strictObject({
  /** Id of the template. */
  template: z.string(),
  seed: z.int(),
  /** As they were: an agent whose template has changed since is trained anew. */
  settings: z.strictObject({ steps: z.int(), config: z.unknown() }),
  /** Training, its evaluations included. */
  seconds: z.number(),
  /** On 100 test episodes: of the policy that was best on validation episodes, and of the last. */
  best: returnSchema,
  last: returnSchema,
  /** On 20 validation episodes. */
  curve: z.array(returnSchema.extend({ step: z.int() })).readonly(),
});
export type TrainedCell = z.infer<typeof trainedCellSchema>;

const recordSchema = z.array(trainedCellSchema);

export function readRecord(path: string): TrainedCell[] {
  return existsSync(path) ? recordSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : [];
}

/** One line per agent, so that a difference can be read. */
export function writeRecord(path: string, cells: readonly TrainedCell[]): void {
  mkdirSync(dirname(path), { recursive: true });
  const lines = cells.map((cell) => `  ${JSON.stringify(cell)}`);
  writeFileSync(`${path}.part`, `[\n${lines.join(',\n')}\n]\n`);
  renameSync(`${path}.part`, path);
}

/** Whether the cell is an agent of this template, this seed and so many steps. */
export function isOf(cell: TrainedCell, template: Template, seed: number, steps: number): boolean {
  return (
    cell.template === template.id &&
    cell.seed === seed &&
    isDeepStrictEqual(cell.settings, JSON.parse(JSON.stringify({ steps, config: template.config })))
  );
}
