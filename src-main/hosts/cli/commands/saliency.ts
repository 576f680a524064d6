import { Command } from 'commander';
import type { Saliency } from '../../../contract/saliency.ts';
import { loadCatalogue } from '../../../services/catalogue.ts';
import { modelSaliency } from '../../../services/model-saliency.ts';
import { formatCount, formatSignificant } from '../../../services/report/numbers.ts';
import { environmentOf, resolveSource } from '../../../services/resolve-source.ts';
import { parseCount } from '../parse-options.ts';
import { withSignals } from '../run-with-signals.ts';
import { jobHost, withServices, type GlobalOptions } from '../session.ts';
import { staysLines } from '../stays-lines.ts';
import { print, printJson, renderTable } from '../table.ts';
import { outputMode, RunDisplay } from '../terminal.ts';

interface SaliencyOptions {
  readonly criterion: string;
  readonly granularity: string;
  readonly env?: string;
  readonly normalizer?: string;
  readonly top: number;
  readonly seed: number;
  readonly backend: string;
}

type Layer = Saliency['layers'][number];

/** Where in its layer an element is: "17" of a unit, "3, 17" of a weight from input 3 to unit 17. */
function placeOf({ shape }: Layer, of: Saliency['of'], element: number): string {
  if (of === 'units') return String(element);
  const places = shape.map((size, axis) => {
    const stride = shape.slice(axis + 1).reduce((product, dimension) => product * dimension, 1);
    return Math.floor(element / stride) % size;
  });
  return places.join(', ');
}

/** "unit 17: 0.013 ± 0.002". */
function describe(layer: Layer, of: Saliency['of'], element: number): string {
  const halfWidth = layer.estimate?.halfWidths[element];
  const sure = halfWidth === undefined ? '' : ` ± ${formatSignificant(halfWidth, 2)}`;
  return `${placeOf(layer, of, element)}: ${formatSignificant(layer.scores[element]!, 3)}${sure}`;
}

/** What is left of a layer, the most important first. */
function ranked({ scores }: Layer): number[] {
  return Array.from(scores.keys())
    .filter((element) => scores[element] !== -Infinity)
    .sort((a, b) => scores[b]! - scores[a]! || a - b);
}

/** One score each: the layer that would go last comes first. */
function layerLines({ layers, criterion }: Saliency): string[] {
  const order = layers.toSorted((a, b) => b.scores[0]! - a.scores[0]!);
  const rows = order.map(({ layer, scores }) => [layer, formatSignificant(scores[0]!, 3)]);
  return [...renderTable([{ title: 'layer' }, { title: criterion, align: 'right' }], rows), ''];
}

function linesOf(saliency: Saliency, top: number): string[] {
  const { criterion, of, layers, skipped } = saliency;
  if (of === 'layers') {
    return [...layerLines(saliency), ...staysLines(skipped)];
  }
  const sections = layers.flatMap((layer) => {
    const order = ranked(layer);
    const shown = Math.min(top, Math.ceil(order.length / 2));
    const sum = order.reduce((total, element) => total + layer.scores[element]!, 0);
    const pruned = layer.scores.length - order.length;
    return [
      `${layer.layer}: ${formatCount(order.length)} ${of} by ${criterion}${pruned === 0 ? '' : `, ${formatCount(pruned)} pruned`}`,
      ...renderTable(
        [{ title: 'most important' }, { title: 'least important' }],
        Array.from({ length: shown }, (_, i) => [
          describe(layer, of, order[i]!),
          describe(layer, of, order[order.length - 1 - i]!),
        ]),
      ),
      ...(layer.estimate === null
        ? []
        : [
            `± of a 95 % interval; all add up to ${formatSignificant(sum, 3)}, exactly it would be ${formatSignificant(layer.estimate.total, 3)}`,
          ]),
      '',
    ];
  });
  return [...sections, ...skipped.map(({ layer, reason }) => `${layer} can lose none: ${reason}`)];
}

export function saliencyCommand(): Command {
  return new Command('saliency')
    .description('How important each unit, weight or layer of a model is; prunes and stores nothing')
    .argument('<model>', 'a file, or a model of the store by id or name')
    .option('--criterion <name>', 'what counts as important (see `secateur methods`)', 'activity')
    .option('--granularity <name>', 'weight, neuron, channel, unit (both), layer, or N:M such as 2:4', 'neuron')
    .option('--env <id>', 'where the policy is watched (default: from the model or the file name)')
    .option('--normalizer <file>', 'the vecnormalize.pkl that was saved with the agent')
    .option('--top <n>', 'how many of each end to list', parseCount, 5)
    .option('--seed <n>', 'seed of every random choice', parseCount, 0)
    .option('--backend <name>', 'numerics backend, or auto (see `secateur doctor`)', 'auto')
    .action(async (model: string, options: SaliencyOptions, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      const display = new RunDisplay(outputMode(globals.json));
      await withServices(globals, async (services) => {
        const { criterion, granularity, env, seed, backend } = options;
        const source = resolveSource(services.store, model, options.normalizer);
        const { criteria, environments } = await loadCatalogue(jobHost);
        const blind = criteria.find(({ id }) => id === criterion)?.needs === 'nothing';
        const environment = blind
          ? null
          : environmentOf(
              services.store,
              source,
              env,
              environments.map(({ id }) => id),
            );
        const question = { environment, criterion, granularity, seed, backend };
        const saliency = await withSignals(display, (control, watch) =>
          modelSaliency(services, source, question, control, watch),
        );
        if (globals.json) printJson(asJson(saliency));
        else print(linesOf(saliency, options.top));
      });
    });
}

/** Numbers as JSON has them: null for what is pruned, or of which nothing is known. */
function asJson(saliency: Saliency): unknown {
  return {
    ...saliency,
    layers: saliency.layers.map((layer) => ({
      ...layer,
      scores: Array.from(layer.scores),
      estimate: layer.estimate && { ...layer.estimate, halfWidths: Array.from(layer.estimate.halfWidths) },
    })),
  };
}
