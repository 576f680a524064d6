// A session as a script has it: prune, look, compare, evaluate, export, and the same again from the recipe.
import { readFileSync, rmSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Model } from '../../../src-main/contract/entity.ts';
import { recipeSchema } from '../../../src-main/contract/recipe.ts';
import type { PruneOutcome } from '../../../src-main/services/run-prune.ts';
import type { TrainOutcome } from '../../../src-main/services/run-train.ts';
import { sampleAgent } from '../../services/sample-services.ts';
import { outputOf, runCli, type Finished } from './start-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'secateur-journey-'));
const at = (name: string): string => join(folder, name);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const cli = (...args: string[]): Promise<string> => outputOf('--store', at('store'), ...args);
const options = ['--sparsity', '0.98', '--episodes', '4', '--recovery', 'distill', '--updates', '50'];

let pruned: Finished;
let outcome: PruneOutcome;
beforeAll(async () => {
  const args = ['prune', sampleAgent, ...options, '--out', at('small'), '--formats', 'onnx,safetensors'];
  pruned = await runCli('--store', at('store'), '--json', ...args);
  outcome = JSON.parse(pruned.stdout) as PruneOutcome;
});

describe('prune --json', () => {
  it('writes one document to standard output', () => {
    expect(pruned.code).toBe(0);
    expect(outcome.kind).toBe('prune');
    expect(outcome.model.counts.nonzeroWeights).toBeLessThanOrEqual(1342);
    expect(outcome.exported?.files.map(({ path }) => path)).toContain('policy.onnx');
  });

  it('writes what happens as JSON lines to standard error', () => {
    const events = pruned.stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    const types = new Set(events.map(({ type }) => type));
    expect([...types].sort()).toEqual(expect.arrayContaining(['imported', 'log', 'progress', 'run']));
    expect(events.at(-1)).toMatchObject({ type: 'run', run: { kind: 'export', status: 'finished' } });
  });
});

describe('saliency', () => {
  it('lists the ends of every layer, numbered as the network has them', async () => {
    const text = await cli('saliency', sampleAgent, '--criterion', 'l1', '--granularity', 'weight', '--top', '1');
    expect(text).toContain('dense_2: 65\u00a0536 weights by l1');
    expect(text).toMatch(/most important +least important/);
    expect(text).toMatch(/76, 7: 8\.59/);
  });

  it('as JSON has every score, none where it is pruned already', async () => {
    const saliency = JSON.parse(
      await cli('--json', 'saliency', outcome.model.id, '--granularity', 'weight', '--criterion', 'l2'),
    ) as {
      layers: { layer: string; scores: (number | null)[] }[];
    };
    const left = saliency.layers.flatMap(({ scores }) => scores).filter((score) => score !== null);
    expect(left).toHaveLength(outcome.model.counts.nonzeroWeights);
  });
});

describe('for people', () => {
  it('list shows parent and child, list --runs what was done', async () => {
    const models = await cli('list');
    expect(models).toMatch(/CartPole-v1/);
    expect(models).toContain(outcome.parent.id);
    expect(models).toMatch(/dqn-CartPole-v1, 9\d\.\d+ % of the weights pruned/);
    const runs = await cli('list', '--runs');
    expect(runs).toMatch(/prune +finished/);
    expect(runs).toMatch(/export +finished/);
  });

  it('show tells of a model its size, its lineage, its returns and its run', async () => {
    const shown = await cli('show', outcome.model.id);
    expect(shown).toContain(`made from dqn-CartPole-v1  ${outcome.parent.id}`);
    expect(shown).toMatch(/test: return .+ 4 episodes \(seeds 2000000–2000003\)/);
    expect(shown).toContain('"sparsity": 0.98');
    expect(shown).toMatch(/info: backend kernels: /);
    expect(await cli('show', outcome.parent.id)).toContain(`led to ${outcome.model.name}`);
  });

  it('show tells of a run its recipe and its log', async () => {
    const shown = JSON.parse(await cli('--json', 'show', outcome.model.runId!)) as {
      run: { recipe: unknown; status: string };
      log: { text: string }[];
    };
    expect(recipeSchema.parse(shown.run.recipe).kind).toBe('prune');
    expect(shown.log[0]?.text).toMatch(/backend kernels/);
  });

  it('compare puts both side by side, relative to the first', async () => {
    const compared = await cli('compare', outcome.parent.id, outcome.model.id);
    const ratio = outcome.model.counts.nonzeroWeights / outcome.parent.counts.nonzeroWeights;
    expect(compared).toMatch(new RegExp(`weights +67.072 +.*\\(×${Number(ratio.toPrecision(3))}\\)`));
    expect(compared).not.toMatch(/observation/);
  });

  it('evaluate --against plays both on the same episodes', async () => {
    const evaluated = await cli('evaluate', outcome.model.id, '--against', 'dqn-CartPole-v1', '--episodes', '3');
    expect(evaluated.match(/3 episodes \(seeds 2000000–2000002\)/g)).toHaveLength(2);
    expect(evaluated).toMatch(/the same action as the baseline in [\d.]+.% of/);
  });

  it('inspect shows a file layer by layer and stores nothing', async () => {
    const shown = await outputOf('--store', at('other-store'), 'inspect', sampleAgent);
    expect(shown).toMatch(/dense_2 +256×256 +65.536/);
    expect(JSON.parse(await outputOf('--store', at('other-store'), '--json', 'list'))).toEqual([]);
  });
});

describe('the same recipe gives the same bytes', () => {
  const hashOf = (stdout: string): string => (JSON.parse(stdout) as { model: Model }).model.artifactHash;

  it('from --print-recipe, in another store', async () => {
    const recipe = await outputOf('--store', at('second'), 'prune', sampleAgent, ...options, '--print-recipe');
    writeFileSync(at('recipe.json'), recipe);
    expect(hashOf(await outputOf('--store', at('second'), '--json', 'run', at('recipe.json')))).toBe(
      outcome.model.artifactHash,
    );
  });

  it('from the recipe that an export carries, exported elsewhere', async () => {
    const carried = join(at('small'), 'recipe.json');
    expect(hashOf(await cli('--json', 'run', carried, '--out', at('again')))).toBe(outcome.model.artifactHash);
    for (const file of ['policy.onnx', 'policy.safetensors']) {
      expect(readFileSync(join(at('again'), file))).toEqual(readFileSync(join(at('small'), file)));
    }
    expect((await runCli('--store', at('store'), 'run', carried)).code).toBe(5);
  });
});

it('train learns by the algorithm that was named, and exports what it learnt with its normaliser', async () => {
  const args = ['train', '--env', 'Acrobot-v1', '--algorithm', 'a2c', '--steps', '4000', '--episodes', '2'];
  const { model, exported } = JSON.parse(
    await cli('--json', ...args, '--out', at('trained'), '--formats', 'onnx'),
  ) as TrainOutcome;
  expect(model.name).toBe('a2c-Acrobot-v1, seed 0');
  expect(model.description.network.input.normalizer?.mean).toHaveLength(6);
  expect(exported?.checks).toMatchObject([{ format: 'onnx', differentActions: 0 }]);
});
