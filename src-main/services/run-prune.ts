// Pruning as a use case: a parent in, a smaller child out, both measured, exported if asked.
import { jsonSchema, type Model } from '../contract/entity.ts';
import type { PruneReport } from '../contract/prune-report.ts';
import type { PruneRecipe } from '../contract/recipe.ts';
import { checkDestination, exportModel } from './export-model.ts';
import { openModel } from './open-model.ts';
import { performRun } from './perform-run.ts';
import type { RunControl } from './run-control.ts';
import type { Exported, Services, Watch } from './services.ts';
import { storeModel } from './store-model.ts';

export interface PruneOutcome {
  readonly kind: 'prune';
  readonly parent: Model;
  readonly model: Model;
  readonly report: PruneReport;
  readonly exported: Exported | null;
}

/** What hidden units are called that a granularity removes; beside channels there may be neurons. */
const WHOLE_UNITS: ReadonlyMap<string, string> = new Map([
  ['neuron', 'neurons'],
  ['channel', 'hidden units'],
  ['unit', 'hidden units'],
]);

/** "98.5 % of the weights pruned" */
function describePruning({ granularity, dense, pruned }: PruneReport): string {
  const whole = WHOLE_UNITS.get(granularity);
  const [removed, pieces] =
    whole === undefined
      ? [1 - pruned.count.nonzeroWeights / dense.count.weights, 'weights']
      : [1 - pruned.count.hiddenUnits / dense.count.hiddenUnits, whole];
  return `${(100 * removed).toFixed(removed > 0.99 ? 2 : 1)} % of the ${pieces} pruned`;
}

export async function runPrune(
  services: Services,
  recipe: PruneRecipe,
  control: RunControl,
  watch: Watch,
): Promise<PruneOutcome> {
  const { store } = services;
  if (recipe.export !== null) await checkDestination(recipe.export);
  const parent = await openModel(services, recipe.source, recipe, control, watch);
  const { model, report } = await performRun(
    services,
    {
      projectId: parent.projectId,
      kind: 'prune',
      recipe: jsonSchema.parse(recipe),
      seed: recipe.seed,
      backend: recipe.backend,
      job: { kind: 'prune', recipe, model: await store.artifacts.get(parent.artifactHash) },
    },
    control,
    watch,
    async ({ model: made, report: measured }, run) => {
      const child = await storeModel(services, {
        projectId: parent.projectId,
        name: `${parent.name}, ${describePruning(measured)}`.slice(0, 200),
        parentId: parent.id,
        runId: run.id,
        model: made,
        source: null,
      });
      for (const [measurement, modelId] of [
        [measured.dense, parent.id],
        [measured.pruned, child.id],
      ] as const) {
        for (const purpose of ['validation', 'test'] as const) {
          // Latency is one of the model, measured once; it is kept with what is reported of it.
          const latency = purpose === 'test' ? measurement.latency : null;
          const evaluation = { ...measurement[purpose], latency };
          store.evaluations.create({ modelId, runId: run.id, seeds: evaluation.seeds, purpose, report: evaluation });
        }
      }
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
          environment: recipe.environment,
          recipe,
          report,
          control,
          watch,
        });
  return { kind: 'prune', parent, model, report, exported };
}
