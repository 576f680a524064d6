// Training as a use case: a new model of the environment's project, measured, exported if asked.
import { jsonSchema, type Model, type Run } from '../contract/entity.ts';
import type { EvaluationReport } from '../contract/evaluation.ts';
import type { MadeModel } from '../contract/job.ts';
import type { TrainRecipe } from '../contract/recipe.ts';
import { checkDestination, exportModel } from './export-model.ts';
import { projectOf } from './imported-models.ts';
import { performRun } from './perform-run.ts';
import type { RunControl } from './run-control.ts';
import type { Exported, Services, Watch } from './services.ts';
import { checkLogFolder } from './run-log/run-log.ts';
import { storeModel } from './store-model.ts';

export interface TrainOutcome {
  readonly kind: 'train';
  readonly model: Model;
  readonly validation: EvaluationReport;
  readonly test: EvaluationReport;
  /** The policy of the last step, where the recipe keeps it. */
  readonly last: { readonly model: Model; readonly test: EvaluationReport } | null;
  readonly stopped: boolean;
  readonly exported: Exported | null;
}

type EvaluationReports = readonly (readonly ['validation' | 'test', EvaluationReport])[];

/** Where an interrupted run goes on. */
export interface ResumePoint {
  readonly run: Run;
  /** Of the last metric before the checkpoint. */
  readonly sequence: number;
  readonly bytes: Uint8Array;
}

/** "ppo-MinAtar-Breakout-v1-seed3": a folder, whatever the environment is called. */
const logName = ({ algorithm, environment, seed }: TrainRecipe): string =>
  `${algorithm}-${environment.replace(/[^\w.-]+/g, '-')}-seed${seed}`;

export async function runTrain(
  services: Services,
  recipe: TrainRecipe,
  control: RunControl,
  watch: Watch,
  resumePoint: ResumePoint | null = null,
): Promise<TrainOutcome> {
  const { store, jobHost } = services;
  if (recipe.export !== null) await checkDestination(recipe.export);
  if (recipe.log !== undefined) await checkLogFolder(recipe.log);
  // A misspelt environment must not become a project.
  await jobHost.start({ kind: 'check', recipe }, () => undefined).result;
  const project = projectOf(services, recipe.environment);
  const trained = await performRun(
    services,
    {
      projectId: project.id,
      kind: 'train',
      recipe: jsonSchema.parse(recipe),
      seed: recipe.seed,
      backend: recipe.backend,
      job: { kind: 'train', recipe, checkpoint: resumePoint?.bytes ?? null },
      ...(resumePoint !== null && { resumed: resumePoint }),
      ...(recipe.log !== undefined && { log: { folder: recipe.log, name: logName(recipe) } }),
    },
    control,
    watch,
    async ({ model: made, validation, test, last: lastMade, stopped }, run) => {
      const keep = async (policy: MadeModel, which: string, reports: EvaluationReports): Promise<Model> => {
        const model = await storeModel(services, {
          projectId: project.id,
          name: `${recipe.algorithm}-${recipe.environment}, seed ${recipe.seed}${which}`,
          parentId: null,
          runId: run.id,
          model: policy,
          source: null,
        });
        for (const [purpose, report] of reports) {
          store.evaluations.create({ modelId: model.id, runId: run.id, seeds: report.seeds, purpose, report });
        }
        return model;
      };
      const model = await keep(made, '', [
        ['validation', validation],
        ['test', test],
      ]);
      const last =
        lastMade === null
          ? null
          : { model: await keep(lastMade.model, ', last step', [['test', lastMade.test]]), test: lastMade.test };
      store.outcomes.keep(run.id, {
        kind: 'train',
        modelId: model.id,
        validation,
        test,
        last: last === null ? null : { modelId: last.model.id, test: last.test },
        stopped,
      });
      return { model, validation, test, last, stopped };
    },
  );
  const exported =
    recipe.export === null
      ? null
      : await exportModel(services, {
          model: trained.model,
          destination: recipe.export,
          environment: recipe.environment,
          recipe,
          report: null,
          control,
          watch,
        });
  return { kind: 'train', ...trained, exported };
}
