// Options that several commands share, and what of a recipe follows from them.
import type { Command } from 'commander';
import type { z } from 'zod';
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

  constructor(where: string, problem: string, hint = 'See --help for what each option may be.') {
    super(`${where}: ${problem}`, hint);
  }
}

/**
 * @param file that the recipe was read from; absent when it was made of options
 * @throws RecipeInvalidError naming the first field that is wrong
 */
export function parseRecipe(value: unknown, file?: string): Recipe {
  return parseWith(recipeSchema, value, file);
}

/** The same for what is no recipe, but made of options as one is. @throws RecipeInvalidError */
export function parseWith<T>(schema: z.ZodType<T>, value: unknown, file?: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  const where = [...(file === undefined ? [] : [file]), ...(path.length === 0 ? [] : [path.join('.')])].join(': ');
  throw new RecipeInvalidError(
    where === '' ? 'the recipe' : where,
    message,
    file === undefined ? undefined : 'resources/recipe.schema.json describes every field.',
  );
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
  readonly formats?: readonly ExportFormat[];
  readonly force?: boolean;
}

export function addExportOptions(command: Command): Command {
  return command
    .option('--out <folder>', 'export into this new folder')
    .option('--formats <list>', `some of ${exportFormatSchema.options.join(',')} (default: all)`, parseFormats)
    .option('--force', 'replace a folder that an earlier export made');
}

/** @throws RecipeInvalidError for options that would have no effect */
export function destinationOf({ out, formats, force }: ExportOptions): Destination | null {
  if (out !== undefined) return { folder: out, formats: formats ?? exportFormatSchema.options, force: force ?? false };
  if (formats === undefined && force === undefined) return null;
  throw new RecipeInvalidError(formats === undefined ? '--force' : '--formats', 'nothing is exported without --out');
}

/** The default ranges with as many validation and test episodes as were asked for. */
export function seedRangesOf({ episodes }: SharedOptions): SeedRanges {
  const { train, validation, test } = DEFAULT_SEED_RANGES;
  return { train, validation: { ...validation, count: episodes }, test: { ...test, count: episodes } };
}
