// Options that several commands share, and what of a recipe follows from them.
import type { Command } from 'commander';
import { DEFAULT_SEED_RANGES, type SeedRanges } from '../../contract/evaluation.ts';
import {
  exportFormatSchema,
  recipeSchema,
  type Destination,
  type ExportFormat,
  type Recipe,
} from '../../contract/recipe.ts';
import { SecateurError } from '../../contract/secateur-error.ts';
import { parseCount, parseFormats } from './parse-options.ts';

/** Values that do not make a recipe. */
export class RecipeInvalidError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(where: string, problem: string) {
    super(`${where === '' ? 'the recipe' : where}: ${problem}`, 'See --help for what each option may be.');
  }
}

/** @throws RecipeInvalidError naming the first field that is wrong */
export function parseRecipe(value: unknown): Recipe {
  const parsed = recipeSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RecipeInvalidError(issue?.path.join('.') ?? '', issue?.message ?? 'is not valid');
}

export interface SharedOptions {
  readonly seed: number;
  readonly backend: string;
  readonly episodes: number;
}

export function addSharedOptions(command: Command): Command {
  return command
    .option('--seed <n>', 'seed of every random choice of the operation', parseCount, 0)
    .option('--episodes <n>', 'episodes of validation, and of test', parseCount, DEFAULT_SEED_RANGES.test.count)
    .option('--backend <name>', 'numerics backend, or auto (see `secateur doctor`)', 'auto');
}

export interface ExportOptions {
  readonly out?: string;
  readonly formats: ExportFormat[];
  readonly force: boolean;
}

export function addExportOptions(command: Command): Command {
  return command
    .option('--out <folder>', 'export into this new folder')
    .option('--formats <list>', `of ${exportFormatSchema.options.join(', ')}`, parseFormats, exportFormatSchema.options)
    .option('--force', 'replace a folder that an earlier export made', false);
}

export function destinationOf({ out, formats, force }: ExportOptions): Destination | null {
  return out === undefined ? null : { folder: out, formats, force };
}

/** The default ranges with as many validation and test episodes as were asked for. */
export function seedRangesOf({ episodes }: SharedOptions): SeedRanges {
  const { train, validation, test } = DEFAULT_SEED_RANGES;
  return { train, validation: { ...validation, count: episodes }, test: { ...test, count: episodes } };
}
