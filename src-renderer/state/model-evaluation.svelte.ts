// Evaluating a model from where it is looked at: one run, on the test seeds, beside the model it was made from.
import type { ModelDetail } from '../../src-main/contract/api/models.ts';
import type { RunItem } from '../../src-main/contract/api/runs.ts';
import { DEFAULT_SEED_RANGES } from '../../src-main/contract/evaluation.ts';
import { recipeSchema, type EvaluateRecipe } from '../../src-main/contract/recipe.ts';
import { host } from './host.svelte.ts';
import { isActive, runs } from './runs.svelte.ts';

function recipeFor({ model, project }: ModelDetail): EvaluateRecipe {
  return {
    kind: 'evaluate',
    version: 1,
    seed: 0,
    backend: host.settings.backend,
    source: { kind: 'model', id: model.id },
    baseline: model.parentId === null ? null : { kind: 'model', id: model.parentId },
    environment: project.environmentId,
    seeds: DEFAULT_SEED_RANGES,
    purpose: 'test',
  };
}

/** @throws ProblemError when it cannot be played */
export async function evaluateModel(detail: ModelDetail): Promise<void> {
  await runs.start(recipeFor(detail));
}

/** The run that is evaluating a model now. */
export function evaluationOf(modelId: string): RunItem | null {
  const evaluates = (item: RunItem): boolean => {
    if (!isActive(item) || item.run.kind !== 'evaluate') return false;
    const recipe = recipeSchema.safeParse(item.run.recipe).data;
    return recipe?.kind === 'evaluate' && recipe.source.kind === 'model' && recipe.source.id === modelId;
  };
  return runs.items.value?.find(evaluates) ?? null;
}
