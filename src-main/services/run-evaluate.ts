// Evaluation as a use case: a model, and perhaps a baseline, on the same episodes.
import { jsonSchema, type Model } from '../contract/entity.ts';
import type { EvaluationReport } from '../contract/evaluation.ts';
import type { EvaluateRecipe } from '../contract/recipe.ts';
import { openModel } from './open-model.ts';
import { performRun } from './perform-run.ts';
import type { RunControl } from './run-control.ts';
import type { Services, Watch } from './services.ts';

export interface EvaluateOutcome {
  readonly kind: 'evaluate';
  readonly model: Model;
  readonly report: EvaluationReport;
  readonly baseline: { readonly model: Model; readonly report: EvaluationReport } | null;
}

export async function runEvaluate(
  services: Services,
  recipe: EvaluateRecipe,
  control: RunControl,
  watch: Watch,
): Promise<EvaluateOutcome> {
  const { store } = services;
  const model = await openModel(services, recipe.source, recipe, control, watch);
  const baseline = recipe.baseline === null ? null : await openModel(services, recipe.baseline, recipe, control, watch);
  return performRun(
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
    (result, run): Promise<EvaluateOutcome> => {
      const keep = (modelId: string, report: EvaluationReport): void => {
        store.evaluations.create({ modelId, runId: run.id, seeds: report.seeds, purpose: recipe.purpose, report });
      };
      const { report } = result;
      keep(model.id, report);
      if (baseline === null || result.baseline === null) {
        store.outcomes.keep(run.id, { kind: 'evaluate', modelId: model.id, report, baseline: null });
        return Promise.resolve({ kind: 'evaluate', model, report, baseline: null });
      }
      keep(baseline.id, result.baseline);
      store.outcomes.keep(run.id, {
        kind: 'evaluate',
        modelId: model.id,
        report,
        baseline: { modelId: baseline.id, report: result.baseline },
      });
      return Promise.resolve({
        kind: 'evaluate',
        model,
        report,
        baseline: { model: baseline, report: result.baseline },
      });
    },
  );
}
