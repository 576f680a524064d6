// `npm run bench:pruned-agents`: agents that are trained here, pruned to 90 and 95 % with and without recovery. An agent
// that docs/bench/pruned-agents.json has is not trained again. Writes that file and docs/bench/pruned-agents.md.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { DEFAULT_SEED_RANGES } from '../../src-main/contract/evaluation.ts';
import { recipeSchema, type ManualMethod } from '../../src-main/contract/recipe.ts';
import { templates } from '../../src-main/engine/agents/templates.ts';
import { jobHost } from '../../src-main/hosts/cli/session.ts';
import { openServices } from '../../src-main/hosts/open-services.ts';
import { RunControl } from '../../src-main/services/run-control.ts';
import { runRecipe, type RunOutcome } from '../../src-main/services/run-recipe.ts';

const AGENTS = ['zoo-ppo-lunar-lander', 'minatar-breakout-v1'];
const SPARSITIES = [0.9, 0.95];
const RECOVERIES: readonly ManualMethod['recovery'][] = [
  { method: 'none', updates: 0 },
  { method: 'distill', updates: 10_000 },
  { method: 'fine-tune', updates: 10_000 },
];
const SEED = 1;

const measured = z.strictObject({ mean: z.number(), low: z.number(), high: z.number() });
const cellSchema = z.strictObject({
  agent: z.string(),
  /** On 100 test episodes, as the pruned policy. */
  dense: measured,
  sparsity: z.number(),
  recovery: z.string(),
  pruned: measured,
  /** Share of the dense return. */
  kept: z.number(),
  seconds: z.number(),
});
type Cell = z.infer<typeof cellSchema>;

const docs = fileURLToPath(new URL('../../docs/bench', import.meta.url));
const file = join(docs, 'pruned-agents.json');
const cells: Cell[] = existsSync(file) ? z.array(cellSchema).parse(JSON.parse(readFileSync(file, 'utf8'))) : [];

const common = { version: 1, seed: SEED, backend: 'auto', seeds: DEFAULT_SEED_RANGES, export: null } as const;

async function measure(agent: string, storeFolder: string): Promise<Cell[]> {
  const { algorithm, environment, totalSteps, config } = templates.get(agent);
  const services = await openServices({ storeFolder, jobHost });
  const run = (recipe: unknown): Promise<RunOutcome> =>
    runRecipe(services, recipeSchema.parse(recipe), new RunControl(), () => undefined);
  const training = { ...common, kind: 'train', algorithm, environment, steps: totalSteps, pruning: null };
  const trained = await run({ ...training, [algorithm]: config });
  if (trained.kind !== 'train') throw new Error('a training trains');
  console.log(`${agent}: trained, ${trained.test.summary.mean.toFixed(1)}`);
  const measuredCells: Cell[] = [];
  for (const sparsity of SPARSITIES) {
    for (const recovery of RECOVERIES) {
      const gradual =
        recovery.method === 'none' ? { schedule: 'one-shot', steps: 1 } : { schedule: 'polynomial', steps: 20 };
      const method = {
        kind: 'manual',
        criterion: 'l1',
        amount: { kind: 'sparsity', sparsity },
        allocation: 'lamp',
        recovery,
        ...gradual,
      };
      const source = { kind: 'model', id: trained.model.id };
      const outcome = await run({ ...common, kind: 'prune', source, environment, granularity: 'weight', method });
      if (outcome.kind !== 'prune' || outcome.report.measure === 'agreement') throw new Error('a pruning plays');
      const { dense, pruned, keptOnTest, seconds } = outcome.report;
      const [before, after] = [dense, pruned].map(({ test: { summary } }) => ({
        mean: summary.mean,
        low: summary.meanInterval.low,
        high: summary.meanInterval.high,
      }));
      const cell = {
        agent,
        dense: before!,
        sparsity,
        recovery: recovery.method,
        pruned: after!,
        kept: keptOnTest,
        seconds,
      };
      console.log(`${agent} ${sparsity} ${recovery.method}: ${cell.pruned.mean.toFixed(1)}`);
      measuredCells.push(cell);
    }
  }
  services.store.close();
  return measuredCells;
}

for (const agent of AGENTS) {
  if (cells.some((cell) => cell.agent === agent)) continue;
  const storeFolder = mkdtempSync(join(tmpdir(), 'secateur-bench-'));
  try {
    cells.push(...(await measure(agent, storeFolder)));
    writeFileSync(file, `${JSON.stringify(cells, null, 2)}\n`);
  } finally {
    rmSync(storeFolder, { recursive: true, force: true });
  }
}

const one = (value: number): string => value.toFixed(1).replace('-', '−');
const figure = ({ mean, low, high }: Cell['dense']): string => `${one(mean)} [${one(low)}, ${one(high)}]`;
const lines = [
  '# Agents that were trained here, pruned',
  '',
  'Made by `npm run bench:pruned-agents`: one agent each, seed 1, published settings; L1 by LAMP over the layers, all at once',
  'without recovery, in 20 steps with it (10 000 updates). Means of 100 test episodes with 95 % intervals.',
  '',
  '| agent | dense | weights removed | recovery | pruned | kept | seconds |',
  '|---|---|---|---|---|---|---|',
  ...cells.map(
    ({ agent, dense, sparsity, recovery, pruned, kept, seconds }) =>
      `| ${agent} | ${figure(dense)} | ${(100 * sparsity).toFixed(0)} % | ${recovery} | ${figure(pruned)} | ${(100 * kept).toFixed(0)} % | ${seconds.toFixed(0)} |`,
  ),
];
writeFileSync(join(docs, 'pruned-agents.md'), `${lines.join('\n')}\n`);
