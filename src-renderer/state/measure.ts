// Measuring a model on the episodes that figures are reported on.
import { DEFAULT_SEED_RANGES } from '../../src-main/contract/evaluation.ts';
import type { EvaluateRecipe, Source } from '../../src-main/contract/recipe.ts';
import { call } from '../bridge/bridge.ts';
import { host } from './host.svelte.ts';
import { readRun } from './run-facts.ts';
import { runs } from './runs.svelte.ts';

interface Measured {
  readonly modelId: string;
  /** Plays the same episodes; null for the model that the others come from. */
  readonly baselineId: string | null;
  readonly environment: string;
}

function recipeFor({ modelId, baselineId, environment }: Measured): EvaluateRecipe {
  const model = (id: string): Source => ({ kind: 'model', id });
  return {
    kind: 'evaluate',
    version: 1,
    seed: 0,
    backend: host.settings.backend,
    source: model(modelId),
    baseline: baselineId === null ? null : model(baselineId),
    environment,
    seeds: DEFAULT_SEED_RANGES,
    purpose: 'test',
  };
}

/** @throws ProblemError when it cannot be played there */
export async function measure(measured: Measured): Promise<void> {
  await call('runs.start', { recipe: recipeFor(measured) });
}

function isBeingMeasured(modelId: string): boolean {
  return runs.active.some(({ run }) => run.kind === 'evaluate' && readRun(run).sourceId === modelId);
}

/** Nothing to do for a model whose figures are known, or on their way. */
export async function measureUnlessKnown(measured: Measured): Promise<void> {
  if (isBeingMeasured(measured.modelId)) return;
  const { test } = await call('models.get', { id: measured.modelId });
  if (test === null) await measure(measured);
}
