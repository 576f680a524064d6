// The one way to do anything that takes time: a recipe in, an outcome out, everything in between in the store.
import { jsonSchema, type Model } from '../contract/entity.ts';
import type { EvaluationReport } from '../contract/evaluation.ts';
import type { PruneReport } from '../contract/prune-report.ts';
import type { EvaluateRecipe, ExportRecipe, PruneRecipe, Recipe, TrainRecipe } from '../contract/recipe.ts';
import { checkDestination, exportModel } from './export-model.ts';
import { openModel, projectOf } from './open-model.ts';
import { performRun } from './perform-run.ts';
import type { RunControl } from './run-control.ts';
import type { Exported, RunEvent, Services } from './services.ts';
import { storeModel } from './store-model.ts';

export type RunOutcome =
  | {
      readonly kind: 'prune';
      readonly parent: Model;
      readonly model: Model;
      readonly report: PruneReport;
      readonly exported: Exported | null;
    }
  | {
      readonly kind: 'train';
      readonly model: Model;
      readonly validation: EvaluationReport;
      readonly test: EvaluationReport;
      readonly stopped: boolean;
      readonly exported: Exported | null;
    }
  | {
      readonly kind: 'evaluate';
      readonly model: Model;
      readonly report: EvaluationReport;
      readonly baseline: { readonly model: Model; readonly report: EvaluationReport } | null;
    }
  | { readonly kind: 'export'; readonly model: Model; readonly exported: Exported };

/** The project of models whose environment nobody has named yet. */
const NO_ENVIRONMENT = 'unassigned';

function percent(share: number): string {
  return `${(100 * share).toFixed(share > 0.99 ? 2 : 1)} %`;
}

type Watch = (event: RunEvent) => void;

async function runPrune(
  services: Services,
  recipe: PruneRecipe,
  control: RunControl,
  watch: Watch,
): Promise<RunOutcome> {
  const { store } = services;
  if (recipe.export !== null) await checkDestination(recipe.export);
  const parent = await openModel(services, recipe.source, recipe.environment, control, watch);
  const request = { kind: 'prune', recipe, model: await store.artifacts.get(parent.artifactHash) } as const;
  const { run, result } = await performRun(
    services,
    {
      projectId: parent.projectId,
      kind: 'prune',
      recipe: jsonSchema.parse(recipe),
      seed: recipe.seed,
      backend: recipe.backend,
      job: request,
    },
    control,
    watch,
  );
  const { report } = result;
  const removed =
    recipe.granularity === 'neuron'
      ? 1 - report.pruned.count.hiddenUnits / report.dense.count.hiddenUnits
      : 1 - report.pruned.count.nonzeroWeights / report.dense.count.weights;
  const model = await storeModel(services, {
    projectId: parent.projectId,
    name: `${parent.name}, ${percent(removed)} of the ${recipe.granularity}s pruned`.slice(0, 200),
    parentId: parent.id,
    runId: run.id,
    model: result.model,
    source: null,
  });
  for (const [measured, modelId] of [
    [report.dense, parent.id],
    [report.pruned, model.id],
  ] as const) {
    for (const purpose of ['validation', 'test'] as const) {
      const evaluation = measured[purpose];
      store.evaluations.create({ modelId, runId: run.id, seeds: evaluation.seeds, purpose, report: evaluation });
    }
  }
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

async function runTrain(
  services: Services,
  recipe: TrainRecipe,
  control: RunControl,
  watch: Watch,
): Promise<RunOutcome> {
  const { store } = services;
  if (recipe.export !== null) await checkDestination(recipe.export);
  const project = projectOf(services, recipe.environment);
  const { run, result } = await performRun(
    services,
    {
      projectId: project.id,
      kind: 'train',
      recipe: jsonSchema.parse(recipe),
      seed: recipe.seed,
      backend: recipe.backend,
      job: { kind: 'train', recipe },
    },
    control,
    watch,
  );
  const model = await storeModel(services, {
    projectId: project.id,
    name: `${recipe.algorithm}-${recipe.environment}, seed ${recipe.seed}`,
    parentId: null,
    runId: run.id,
    model: result.model,
    source: null,
  });
  const { validation, test, stopped } = result;
  for (const [purpose, report] of [
    ['validation', validation],
    ['test', test],
  ] as const) {
    store.evaluations.create({ modelId: model.id, runId: run.id, seeds: report.seeds, purpose, report });
  }
  const exported =
    recipe.export === null
      ? null
      : await exportModel(services, {
          model,
          destination: recipe.export,
          environment: recipe.environment,
          recipe,
          report: null,
          control,
          watch,
        });
  return { kind: 'train', model, validation, test, stopped, exported };
}

async function runEvaluate(
  services: Services,
  recipe: EvaluateRecipe,
  control: RunControl,
  watch: Watch,
): Promise<RunOutcome> {
  const { store } = services;
  const model = await openModel(services, recipe.source, recipe.environment, control, watch);
  const baseline =
    recipe.baseline === null ? null : await openModel(services, recipe.baseline, recipe.environment, control, watch);
  const { run, result } = await performRun(
    services,
    {
      projectId: model.projectId,
      kind: 'evaluate',
      recipe: jsonSchema.parse(recipe),
      seed: recipe.seed,
      backend: recipe.backend,
      job: {
        kind: 'evaluate',
        recipe,
        model: await store.artifacts.get(model.artifactHash),
        baseline: baseline === null ? null : await store.artifacts.get(baseline.artifactHash),
      },
    },
    control,
    watch,
  );
  const keep = (modelId: string, report: EvaluationReport): void => {
    store.evaluations.create({ modelId, runId: run.id, seeds: report.seeds, purpose: recipe.purpose, report });
  };
  keep(model.id, result.report);
  if (baseline === null || result.baseline === null)
    return { kind: 'evaluate', model, report: result.report, baseline: null };
  keep(baseline.id, result.baseline);
  return { kind: 'evaluate', model, report: result.report, baseline: { model: baseline, report: result.baseline } };
}

async function runExport(
  services: Services,
  recipe: ExportRecipe,
  control: RunControl,
  watch: Watch,
): Promise<RunOutcome> {
  await checkDestination(recipe.export);
  const model = await openModel(services, recipe.source, recipe.environment ?? NO_ENVIRONMENT, control, watch);
  const exported = await exportModel(services, {
    model,
    destination: recipe.export,
    environment: recipe.environment,
    recipe,
    report: null,
    control,
    watch,
  });
  return { kind: 'export', model, exported };
}

/**
 * Runs a recipe to its end. What was finished before a failure stays: an imported model, a pruned model whose export
 * could not be written.
 * @throws a SecateurError
 */
export function runRecipe(services: Services, recipe: Recipe, control: RunControl, watch: Watch): Promise<RunOutcome> {
  switch (recipe.kind) {
    case 'prune':
      return runPrune(services, recipe, control, watch);
    case 'train':
      return runTrain(services, recipe, control, watch);
    case 'evaluate':
      return runEvaluate(services, recipe, control, watch);
    case 'export':
      return runExport(services, recipe, control, watch);
  }
}
