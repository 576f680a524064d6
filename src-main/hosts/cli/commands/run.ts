import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { toFileError } from '../../../store/file-errors.ts';
import { printOutcome } from '../print-outcome.ts';
import { parseRecipe, RecipeInvalidError } from '../recipe-options.ts';
import { runWithSignals } from '../run-with-signals.ts';
import { withServices, type GlobalOptions } from '../session.ts';
import { outputMode, RunDisplay } from '../terminal.ts';

async function readRecipe(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw toFileError(error, path);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RecipeInvalidError(path, error instanceof Error ? error.message : 'is not JSON');
  }
}

export function runCommand(): Command {
  return new Command('run')
    .description('Run a recipe: what the wizard writes, an export carries, and `prune --print-recipe` prints')
    .argument('<recipe>', 'a JSON file; resources/recipe.schema.json describes it')
    .action(async (path: string, _options: unknown, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      const recipe = parseRecipe(await readRecipe(path));
      await withServices(globals, async (services) => {
        printOutcome(await runWithSignals(services, recipe, new RunDisplay(outputMode(globals.json))), globals.json);
      });
    });
}
