// Exporting as a use case of its own: a model as it is, in the formats that were asked for.
import type { Model } from '../contract/entity.ts';
import type { AnyPruneReport } from '../contract/prune-report.ts';
import type { ExportRecipe } from '../contract/recipe.ts';
import { checkDestination, exportModel } from './export-model.ts';
import { openModel } from './open-model.ts';
import type { RunControl } from './run-control.ts';
import type { Exported, Services, Watch } from './services.ts';

export interface ExportOutcome {
  readonly kind: 'export';
  readonly model: Model;
  readonly exported: Exported;
}

/** What pruning said of the model, if pruning made it. */
function reportOf({ store }: Services, model: Model): AnyPruneReport | null {
  const outcome = model.runId === null ? null : store.outcomes.get(model.runId);
  return outcome?.kind === 'prune' || outcome?.kind === 'search' ? outcome.report : null;
}

export async function runExport(
  services: Services,
  recipe: ExportRecipe,
  control: RunControl,
  watch: Watch,
): Promise<ExportOutcome> {
  await checkDestination(recipe.export);
  const model = await openModel(services, recipe.source, recipe, control, watch);
  const { environment, export: destination } = recipe;
  const request = { model, destination, environment, recipe, report: reportOf(services, model), control, watch };
  return { kind: 'export', model, exported: await exportModel(services, request) };
}
