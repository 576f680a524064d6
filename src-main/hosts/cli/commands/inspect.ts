import { Command } from 'commander';
import { inspectModel, type InspectedModel } from '../../../services/inspect-model.ts';
import { formatBytes, formatCount } from '../../../services/report/numbers.ts';
import { resolveSource } from '../../../services/resolve-source.ts';
import { withServices, type GlobalOptions } from '../session.ts';
import { print, printJson, renderTable } from '../table.ts';

/** The lines that `inspect` and `demo` show of a model. */
export function describeModel({ name, fileBytes, origin, notes, model }: InspectedModel): string[] {
  const { description, count } = model;
  const { network, actionSpace } = description;
  const actions =
    actionSpace.kind === 'discrete'
      ? `${actionSpace.n} discrete actions`
      : `continuous actions [${actionSpace.shape.join(', ')}]`;
  const normalized = network.input.normalizer === undefined ? '' : ', normalised';
  return [
    `${name}: ${origin}`,
    `observes [${network.input.shape.join(', ')}]${normalized}, ${actions}, ${formatBytes(fileBytes)} on disk`,
    '',
    ...renderTable(
      [
        { title: 'layer' },
        { title: 'kernel' },
        { title: 'weights', align: 'right' },
        { title: 'nonzero', align: 'right' },
        { title: 'units', align: 'right' },
        { title: 'MACs', align: 'right' },
      ],
      [
        ...count.layers.map((layer) => [
          layer.name,
          layer.kernelShape.join('×'),
          formatCount(layer.weights),
          formatCount(layer.nonzeroWeights),
          formatCount(layer.units),
          formatCount(layer.macs),
        ]),
        ['all', '', formatCount(count.weights), formatCount(count.nonzeroWeights), '', formatCount(count.macs)],
      ],
    ),
    '',
    `${formatCount(count.hiddenUnits)} hidden units; ${formatCount(count.parameters)} parameters with biases`,
    ...notes.map((note) => `note: ${note}`),
  ];
}

export function inspectCommand(): Command {
  return new Command('inspect')
    .description('What a model is made of, layer by layer; stores nothing')
    .argument('<model>', 'a file, or a model of the store by id or name')
    .option('--normalizer <file>', 'the vecnormalize.pkl that was saved with the agent')
    .action(async (model: string, options: { normalizer?: string }, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      await withServices(globals, async (services) => {
        const source = resolveSource(services.store, model, options.normalizer);
        const inspected = await inspectModel(services, source);
        if (globals.json) printJson(inspected);
        else print(describeModel(inspected));
      });
    });
}
