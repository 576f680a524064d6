// Pruning as a use case: a parent in, a smaller child out, both measured, exported if asked.
import { jsonSchema, type Model } from '../contract/entity.ts';
import type { AnyPruneReport } from '../contract/prune-report.ts';
import { environmentIn, type AnyPruneRecipe } from '../contract/recipe.ts';
import { checkDestination, exportModel } from './export-model.ts';
import { keepPruned } from './keep-pruned.ts';
import { openModel } from './open-model.ts';
import { openObservations } from './observations.ts';
import { performRun } from './perform-run.ts';
import type { RunControl } from './run-control.ts';
import type { Exported, Services, Watch } from './services.ts';

export interface PruneOutcome {
  readonly kind: 'prune';
  readonly parent: Model;
  readonly model: Model;
  readonly report: AnyPruneReport;
  readonly exported: Exported | null;
}

export async function runPrune(
  services: Services,
  recipe: AnyPruneRecipe,
  control: RunControl,
  watch: Watch,
): Promise<PruneOutcome> {
  const { store } = services;
  if (recipe.export !== null) await checkDestination(recipe.export);
  const observations = recipe.basis === 'observations' ? await openObservations(services, recipe.observations) : null;
  const parent = await openModel(services, recipe.source, recipe, control, watch);
  const { model, report } = await performRun(
    services,
    {
      projectId: parent.projectId,
      kind: 'prune',
      recipe: jsonSchema.parse(recipe),
      seed: recipe.seed,
      backend: recipe.backend,
      job: { kind: 'prune', recipe, model: await store.artifacts.get(parent.artifactHash), observations },
    },
    control,
    watch,
    async ({ model: made, report: measured }, run) => {
      const child = await keepPruned(services, { parent, run, model: made, report: measured });
      store.outcomes.keep(run.id, { kind: 'prune', parentId: parent.id, modelId: child.id, report: measured });
      return { model: child, report: measured };
    },
  );
  const exported =
    recipe.export === null
      ? null
      : await exportModel(services, {
          model,
          destination: recipe.export,
          environment: environmentIn(recipe),
          recipe,
          report,
          control,
          watch,
        });
  return { kind: 'prune', parent, model, report, exported };
}
