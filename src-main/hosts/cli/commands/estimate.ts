import { Command } from 'commander';
import { estimateQuestionSchema, type EstimateReport } from '../../../contract/estimate.ts';
import { estimatePruning, type EstimatedPruning } from '../../../services/estimate-pruning.ts';
import { formatBytes, formatCount, formatFineShare, formatMicroseconds } from '../../../services/report/numbers.ts';
import { resolveSource } from '../../../services/resolve-source.ts';
import { addLayerOptions, layersOf, type LayerOptions } from '../layer-options.ts';
import { parseCount } from '../parse-options.ts';
import { plainCriterion } from '../plain-criterion.ts';
import { staysLines } from '../stays-lines.ts';
import { parseWith } from '../recipe-options.ts';
import { withSignals } from '../run-with-signals.ts';
import { withServices, type GlobalOptions } from '../session.ts';
import { print, printJson, renderTable } from '../table.ts';
import { outputMode, RunDisplay } from '../terminal.ts';

interface EstimateOptions extends LayerOptions {
  readonly normalizer?: string;
  readonly granularity: string;
  readonly criterion?: string;
  readonly allocation: string;
  readonly seed: number;
  readonly backend: string;
}

function rowsOf({ estimates }: EstimateReport): string[][] {
  return estimates.map((estimate) => [
    formatFineShare(estimate.sparsity),
    formatCount(estimate.estimatedWeights),
    formatCount(estimate.estimatedUnits),
    formatCount(estimate.estimatedMacs),
    formatBytes(estimate.estimatedBytes),
    formatMicroseconds(estimate.estimatedMicroseconds),
  ]);
}

function linesOf({ name, report }: EstimatedPruning): string[] {
  const { granularity, criterion, allocation, impossible, skipped, stopped } = report;
  const [first] = impossible;
  const ranked =
    granularity === 'layer'
      ? 'the largest first: which ones go is known when the policy has decided without them'
      : `ranked by ${criterion}, allocation ${allocation}`;
  return [
    `${name}: estimates, by ${granularity}, ${ranked}`,
    '',
    ...renderTable(
      [
        { title: 'removed', align: 'right' },
        { title: 'weights left', align: 'right' },
        { title: 'hidden units', align: 'right' },
        { title: 'MACs', align: 'right' },
        { title: 'model file', align: 'right' },
        { title: 'one action', align: 'right' },
      ],
      rowsOf(report),
    ),
    ...(first === undefined ? [] : ['', `${impossible.length} amounts are impossible: ${first.message}`]),
    ...(granularity === 'layer' ? ['', ...staysLines(skipped)] : []),
    ...(stopped ? ['', 'stopped early; the rest was not estimated'] : []),
  ];
}

export function estimateCommand(): Command {
  const command = new Command('estimate')
    .description('What pruning by hand would leave at every amount: sizes and times, estimated; nothing is played')
    .argument('<model>', 'a file, or a model of the store by id or name')
    .option('--normalizer <file>', 'the vecnormalize.pkl that was saved with the agent')
    .option('--granularity <name>', 'weight, neuron, channel, unit (both), hybrid, layer, or N:M such as 2:4', 'weight')
    .option(
      '--criterion <name>',
      'one that looks at nothing but weights (default: l1; layer: bypass, which is not asked)',
    )
    .option('--allocation <name>', 'uniform, global, erk or lamp', 'global')
    .option('--seed <n>', 'seed of a random ranking', parseCount, 0)
    .option('--backend <name>', 'numerics backend, or auto (see `secateur doctor`)', 'auto');
  return addLayerOptions(command).action(async (model: string, options: EstimateOptions, self: Command) => {
    const globals = self.optsWithGlobals<GlobalOptions>();
    await withServices(globals, async (services) => {
      const source = resolveSource(services.store, model, options.normalizer);
      const { granularity, criterion, allocation, multiple, seed, backend } = options;
      const layers = layersOf(options);
      const question = parseWith(estimateQuestionSchema, {
        granularity,
        criterion: criterion ?? plainCriterion(granularity),
        allocation,
        layers,
        multiple,
        seed,
        backend,
      });
      const estimated = await withSignals(new RunDisplay(outputMode(globals.json)), (control, watch) =>
        estimatePruning(services, source, question, control, watch),
      );
      if (globals.json) printJson(estimated);
      else print(linesOf(estimated));
    });
  });
}
