import { Command } from 'commander';
import {
  DEFAULT_SENSITIVITIES,
  sensitivityQuestionSchema,
  type SensitivityReport,
} from '../../../contract/sensitivity.ts';
import { loadCatalogue } from '../../../services/catalogue.ts';
import { measureSensitivity, type MeasuredSensitivity } from '../../../services/measure-sensitivity.ts';
import {
  counted,
  formatCount,
  formatFineShare,
  formatShare,
  formatWithInterval,
} from '../../../services/report/numbers.ts';
import { environmentOf, resolveSource } from '../../../services/resolve-source.ts';
import { parseShares } from '../parse-options.ts';
import { plainCriterion } from '../plain-criterion.ts';
import { staysLines } from '../stays-lines.ts';
import {
  addSharedOptions,
  parseWith,
  RecipeInvalidError,
  seedRangesOf,
  type SharedOptions,
} from '../recipe-options.ts';
import { withSignals } from '../run-with-signals.ts';
import { jobHost, withServices, type GlobalOptions } from '../session.ts';
import { print, printJson, renderTable } from '../table.ts';
import { outputMode, RunDisplay } from '../terminal.ts';

interface SensitivityOptions extends SharedOptions {
  readonly env?: string;
  readonly normalizer?: string;
  readonly granularity: string;
  readonly criterion?: string;
  readonly sparsities: readonly number[];
}

function rowsOf({ layers }: SensitivityReport): string[][] {
  return layers.flatMap(({ layer, points }) =>
    points.map(({ sparsity, weightsRemoved, meanReturn, meanInterval, keptShare }, i) => [
      i === 0 ? layer : '',
      formatFineShare(sparsity),
      formatCount(weightsRemoved),
      formatWithInterval(meanReturn, meanInterval),
      formatShare(keptShare),
    ]),
  );
}

function linesOf({ name, report }: MeasuredSensitivity): string[] {
  if (report === null) return ['stopped before anything was measured'];
  const { environment, granularity, criterion, episodes, dense } = report;
  return [
    `${name}: return ${formatWithInterval(dense.meanReturn, dense.meanInterval)} on ${counted(episodes, 'validation episode')} of ${environment}`,
    granularity === 'layer'
      ? 'each hidden layer removed alone, its best linear stand-in taken into the next, nothing healed'
      : `each layer pruned alone, by ${granularity}, ranked by ${criterion}, nothing healed`,
    '',
    ...renderTable(
      [
        { title: 'layer' },
        { title: 'removed', align: 'right' },
        { title: 'weights gone', align: 'right' },
        { title: 'return', align: 'right' },
        { title: 'kept', align: 'right' },
      ],
      rowsOf(report),
    ),
    // Of whole layers there are reasons to be told; that outputs keep their units is no news.
    ...(granularity === 'layer' ? ['', ...staysLines(report.skipped)] : []),
    ...(report.stopped ? ['', 'stopped early; the rest was not measured'] : []),
  ];
}

export function sensitivityCommand(): Command {
  const command = new Command('sensitivity')
    .description('Prune each layer alone, a little and a lot, and play: which layers the return can do without')
    .argument('<model>', 'a file, or a model of the store by id or name')
    .option('--env <id>', 'environment (default: from the model or the file name)')
    .option('--normalizer <file>', 'the vecnormalize.pkl that was saved with the agent')
    .option('--granularity <name>', 'weight, neuron, channel, unit (both), hybrid, layer, or N:M such as 2:4', 'weight')
    .option('--criterion <name>', 'what counts as important (default: l1; layer: bypass; see `secateur methods`)')
    .option(
      '--sparsities <list>',
      'shares of each layer to remove; not of whole layers',
      parseShares,
      DEFAULT_SENSITIVITIES,
    );
  return addSharedOptions(command)
    .addHelpText(
      'after',
      `
Nothing is stored. \`prune --allocation sensitivity\` prunes by what this measures.

Examples
  secateur sensitivity agent.zip --env CartPole-v1
  secateur sensitivity agent.zip --env CartPole-v1 --granularity neuron --sparsities 0.5,0.9 --json
  secateur sensitivity agent.zip --env CartPole-v1 --granularity layer`,
    )
    .action(async (model: string, options: SensitivityOptions, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      await withServices(globals, async (services) => {
        const { store } = services;
        const source = resolveSource(store, model, options.normalizer);
        const known = (await loadCatalogue(jobHost)).environments.map(({ id }) => id);
        const { granularity, criterion, sparsities, seed, backend } = options;
        if (granularity === 'layer' && self.getOptionValueSource('sparsities') === 'cli') {
          throw new RecipeInvalidError('--sparsities', 'a whole layer has no shares; leave them out, or use unit');
        }
        const question = parseWith(sensitivityQuestionSchema, {
          environment: environmentOf(store, source, options.env, known),
          granularity,
          criterion: criterion ?? plainCriterion(granularity),
          sparsities,
          seeds: seedRangesOf(options),
          seed,
          backend,
        });
        const measured = await withSignals(new RunDisplay(outputMode(globals.json)), (control, watch) =>
          measureSensitivity(services, source, question, control, watch),
        );
        if (globals.json) printJson(measured);
        else print(linesOf(measured));
      });
    });
}
