import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { inspectModel } from '../../../services/inspect-model.ts';
import { printOutcome } from '../print-outcome.ts';
import { addExportOptions, addSharedOptions, destinationOf, parseRecipe, seedRangesOf } from '../recipe-options.ts';
import type { ExportOptions, SharedOptions } from '../recipe-options.ts';
import { runWithSignals } from '../run-with-signals.ts';
import { withServices, type GlobalOptions } from '../session.ts';
import { print } from '../table.ts';
import { outputMode, RunDisplay } from '../terminal.ts';
import { describeModel } from './inspect.ts';

const sample = fileURLToPath(new URL('../../../../resources/sample/dqn-CartPole-v1.zip', import.meta.url));

interface DemoOptions extends SharedOptions, ExportOptions {
  readonly granularity: string;
}

export function demoCommand(): Command {
  const command = new Command('demo')
    .description('Prune a bundled third-party agent from end to end: a DQN for CartPole-v1')
    .option('--granularity <name>', 'weight or neuron', 'neuron');
  return addExportOptions(addSharedOptions(command)).action(async (options: DemoOptions, self: Command) => {
    const globals = self.optsWithGlobals<GlobalOptions>();
    const display = new RunDisplay(outputMode(globals.json));
    await withServices(globals, async (services) => {
      const source = { kind: 'file', path: sample, normalizer: null } as const;
      // A folder of its own, and a second demo replaces the first: nobody keeps these files.
      const out = options.out ?? 'secateur-demo';
      const recipe = parseRecipe({
        kind: 'prune',
        version: 1,
        seed: options.seed,
        backend: options.backend,
        source,
        environment: 'CartPole-v1',
        seeds: seedRangesOf(options),
        granularity: options.granularity,
        method: { kind: 'automatic', target: { kind: 'return', keep: 0.95 } },
        export: destinationOf({ ...options, out, force: options.force ?? options.out === undefined }),
      });
      if (!globals.json) print([...describeModel(await inspectModel(services, source)), '']);
      printOutcome(await runWithSignals(services, recipe, display), globals.json);
    });
  });
}
