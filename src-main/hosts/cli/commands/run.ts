import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { exportFormatSchema, type Recipe } from '../../../contract/recipe.ts';
import { toFileError } from '../../../store/file-errors.ts';
import { printOutcome } from '../print-outcome.ts';
import { addExportOptions, parseRecipe, RecipeInvalidError, type ExportOptions } from '../recipe-options.ts';
import { runWithSignals } from '../run-with-signals.ts';
import { withServices, type GlobalOptions } from '../session.ts';
import { outputMode, RunDisplay } from '../terminal.ts';

async function readRecipe(path: string): Promise<Recipe> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw toFileError(error, path);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RecipeInvalidError(path, 'is not JSON', 'Recipes are what `secateur prune … --print-recipe` prints.');
  }
  return parseRecipe(value, path);
}

/** The recipe with its files going elsewhere, or replacing those that it made before. */
function redirect(recipe: Recipe, { out, formats, force }: ExportOptions): Recipe {
  if (out === undefined && formats === undefined && force === undefined) return recipe;
  const before = 'export' in recipe ? recipe.export : null;
  const folder = out ?? before?.folder;
  if (folder === undefined) throw new RecipeInvalidError('the recipe', 'exports nothing; give --out to have it do so');
  return parseRecipe({
    ...recipe,
    export: { folder, formats: formats ?? before?.formats ?? exportFormatSchema.options, force: force ?? false },
  });
}

export function runCommand(): Command {
  const command = new Command('run')
    .description('Run a recipe: what the wizard writes, an export carries, and `prune --print-recipe` prints')
    .argument('<recipe>', 'a JSON file; resources/recipe.schema.json describes it');
  return addExportOptions(command)
    .addHelpText(
      'after',
      `
The same recipe gives the same bytes on the same machine.

Examples
  secateur prune agent.zip --env CartPole-v1 --print-recipe > recipe.json
  secateur run recipe.json --out small/
  secateur run small/recipe.json --out again/`,
    )
    .action(async (path: string, options: ExportOptions, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      const recipe = redirect(await readRecipe(path), options);
      await withServices(globals, async (services) => {
        printOutcome(await runWithSignals(services, recipe, new RunDisplay(outputMode(globals.json))), globals.json);
      });
    });
}
