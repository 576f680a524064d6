// What a report is written from.
import type { Model } from '../../../contract/entity.ts';
import type { ExportCheck } from '../../../contract/job.ts';
import type { AnyPruneReport } from '../../../contract/prune-report.ts';
import type { Recipe } from '../../../contract/recipe.ts';

export interface ReportInput {
  readonly model: Model;
  /** Null when the model was exported without being pruned just now. */
  readonly report: AnyPruneReport | null;
  readonly checks: readonly ExportCheck[];
  /** What led here. */
  readonly recipe: Recipe;
  readonly versions: { readonly secateur: string; readonly node: string };
}
