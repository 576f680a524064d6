// How it was done: the method in plain words, who saw which episodes, versions, and the recipe to do it again.
import type { SeedRanges } from '../../../contract/evaluation.ts';
import type { DataPruneReport } from '../../../contract/prune-report.ts';
import type {
  AnyPruneRecipe,
  AutomaticTarget,
  DataTarget,
  LayerChoices,
  ManualMethod,
  Recipe,
  Rewind,
  SparseTraining,
  TrainRecipe,
} from '../../../contract/recipe.ts';
import { table, type Block, type Section, type Text } from '../document.ts';
import { pieceOf } from '../pieces.ts';
import {
  counted,
  formatBytes,
  formatCount,
  formatFineShare,
  formatMicroseconds,
  formatShare,
  formatSignificant,
} from '../numbers.ts';
import type { ReportInput } from './report-input.ts';

/** Until when it went on, and what was chosen. */
function targetWords(target: AutomaticTarget | DataTarget, best: string): { until: string; chosen: string } {
  switch (target.kind) {
    case 'return':
      return {
        until: 'as long as the policy held',
        chosen:
          `An amount counted only when the return on validation episodes kept ${formatShare(target.keep)} of ` +
          'the dense one with a margin for luck; after the first that could not be held, the last that was is the result.',
      };
    case 'agreement':
      return {
        until: 'as long as the policy decided alike',
        chosen:
          `An amount counted only when the 95\u00a0% interval of the agreement on validation observations lay above ${formatShare(target.keep)}; ` +
          'after the first that could not be held, the last that was is the result.',
      };
    case 'bytes':
      return {
        until: `until it took at most ${formatBytes(target.bytes)} as a model file`,
        chosen: `The largest network that fits was healed in several ways; the one with the best ${best} is the result.`,
      };
    case 'latency':
      return {
        until: `until one action took at most ${formatMicroseconds(target.microseconds)} in the median`,
        chosen:
          `The largest network that is fast enough was healed in several ways; the one with the best ${best} is ` +
          'the result. A clock decided what is fast enough: on another machine, or a busier one, the same recipe may choose another network.',
      };
  }
}

function automaticWords({ granularity, basis }: AnyPruneRecipe, target: AutomaticTarget | DataTarget): Text {
  const played = basis !== 'observations';
  const { until, chosen } = targetWords(
    target,
    played ? 'return on validation episodes' : 'agreement on validation observations',
  );
  const proof =
    granularity === 'layer'
      ? 'Every layer that went was replaced by its best linear stand-in and merged into the next, which was proven to change nothing.'
      : 'What is left was cut out physically, and the smaller network was proven to answer as the masked one.';
  const what =
    granularity === 'hybrid'
      ? 'first the neurons and channels that matter least, then single weights of what these had left'
      : `the ${pieceOf(granularity)}s that matter least`;
  return (
    `Secateur removed ${what}, ever more of them, ${until}. After every cut the smaller ` +
    'network learned to answer as the dense one does (distillation)' +
    (played
      ? ', and where that was not enough it was improved on the return itself (evolution strategies)'
      : ', on the observations of the training share') +
    `. ${chosen} ${proof}`
  );
}

function patternWords(granularity: string): string {
  const [kept, of] = granularity.split(':');
  return of === undefined ? '' : ` Of every ${of} consecutive inputs of a unit at most ${kept!} stayed connected.`;
}

function layerWords(layers: LayerChoices): Exclude<Text, string> {
  return Object.entries(layers).flatMap(([name, choice]) => [
    ', ',
    { code: name },
    choice === 'locked' ? ' left whole' : ` losing ${formatFineShare(choice.sparsity)} of its own`,
  ]);
}

const REWOUND: Readonly<Record<Rewind, string>> = {
  nothing: '',
  'learning-rate': '; after every cut its learning rate began again',
  weights: '; after every cut its learning rate began again, from the weights of the dense policy',
};

/** Layers went as wholes: nothing was spread over them, and nothing masked. */
function removedLayersWords(method: ManualMethod): Text {
  const { criterion, amount, layers, schedule, steps, recovery } = method;
  return [
    'The hidden layers were ranked by the criterion ',
    { code: criterion },
    amount.kind === 'sparsity'
      ? `, anew after each that went, until ${formatFineShare(amount.sparsity)} of them were removed or no other could go`
      : `, anew after each that went, and removed as long as the least missed scored at most ${formatSignificant(amount.threshold, 3)}`,
    ...layerWords(layers),
    ' on the schedule ',
    { code: schedule },
    schedule === 'one-shot' ? '' : ` in ${counted(steps, 'step')}`,
    '. Each was replaced by the affine map nearest to it in the states that the policy visits, and this merged into the ' +
      'layers that read it, which was proven to change nothing. Recovery: ',
    ...recoveryWords(recovery),
    '. What no layer read any more was cut out physically, and the smaller network was proven to answer as before.',
  ];
}

function recoveryWords({ method, updates }: ManualMethod['recovery']): Exclude<Text, string> {
  const unit = method === 'evolve' ? 'generation' : 'update';
  return [{ code: method }, method === 'none' ? '' : ` with ${counted(updates, unit)}`];
}

function manualWords(granularity: string, method: ManualMethod): Text {
  const { criterion, amount, allocation, layers, multiple, schedule, steps, recovery, rewind } = method;
  const piece = pieceOf(granularity);
  const goal =
    amount.kind === 'sparsity'
      ? `${formatFineShare(amount.sparsity)} of the ${piece}s were removed, spread over the layers by the allocation `
      : `every ${piece} with a score of at most ${formatSignificant(amount.threshold, 3)} was removed; the allocation was `;
  return [
    `The ${granularity === 'hybrid' ? 'unit' : piece}s were ranked by the criterion `,
    { code: criterion },
    granularity === 'hybrid' ? ', the weights of those that stay by LAMP' : '',
    `; ${goal}`,
    { code: allocation },
    ...layerWords(layers),
    multiple === 1 ? '' : `, in multiples of ${formatCount(multiple)}`,
    ' on the schedule ',
    { code: schedule },
    schedule === 'one-shot' ? '' : ` in ${counted(steps, 'step')}`,
    '. Recovery: ',
    ...recoveryWords(recovery),
    `${REWOUND[rewind]}.${patternWords(granularity)}`,
    ' What is left was cut out physically, and the smaller network was proven to answer as the masked one.',
  ];
}

function pruneWords(recipe: AnyPruneRecipe): Text {
  const { granularity, method } = recipe;
  if (method.kind === 'automatic') return automaticWords(recipe, method.target);
  return granularity === 'layer' ? removedLayersWords(method) : manualWords(granularity, method);
}

function sparseWords(trained: string, pruning: SparseTraining): Text {
  const { sparsity, granularity, criterion, topology, every, drop, until } = pruning;
  const rewired =
    ` rewired them every ${counted(every, 'update')} until ${formatShare(until)} of the run, ` +
    `at first ${formatShare(drop)} of each layer.`;
  return [
    `${trained}; from the beginning it had all but ${formatFineShare(sparsity)} of its ${pieceOf(granularity)}s, chosen by the criterion `,
    { code: criterion },
    '. The topology ',
    { code: topology },
    topology === 'static' ? ' left it at these.' : rewired,
    patternWords(granularity),
  ];
}

function trainWords({ algorithm, environment, steps, pruning }: TrainRecipe): Text {
  const trained = `It was trained with ${algorithm.toUpperCase()} on ${environment} for ${counted(steps, 'step')}`;
  if (pruning === null) return `${trained}.`;
  if (pruning.kind === 'sparse') return sparseWords(trained, pruning);
  const amount = `${formatFineShare(pruning.sparsity)} of its ${pieceOf(pruning.granularity)}s were pruned`;
  const during = `between ${formatShare(pruning.from)} and ${formatShare(pruning.to)} of the run`;
  return [
    `${trained}; ${amount} on the way, ${during}, ranked by the criterion `,
    { code: pruning.criterion },
    `.${patternWords(pruning.granularity)}`,
  ];
}

function methodWords(recipe: Recipe): Text {
  switch (recipe.kind) {
    case 'prune':
      return pruneWords(recipe);
    case 'train':
      return trainWords(recipe);
    case 'search':
    case 'evaluate':
    case 'export':
      return 'The model was exported as it is; nothing was pruned on the way.';
  }
}

function seedsTable({ train, validation, test }: SeedRanges): Block {
  const row = (purpose: string, { first, count }: SeedRanges['train'], seenBy: string): Text[] => [
    purpose,
    `${formatCount(first)} … ${formatCount(first + count - 1)}`,
    seenBy,
  ];
  return table(
    [
      { title: 'Episodes', kind: 'text' },
      { title: 'Seeds', kind: 'number' },
      { title: 'Who saw them', kind: 'text' },
    ],
    [
      row('Train', train, 'Learning and recovery.'),
      row('Validation', validation, 'Choosing how much to prune.'),
      row('Test', test, 'Nothing but the figures reported here.'),
    ],
  );
}

function sharesTable({ train, validation, test }: DataPruneReport['observations']): Block {
  return table(
    [
      { title: 'Observations', kind: 'text' },
      { title: 'Rows', kind: 'number' },
      { title: 'Who saw them', kind: 'text' },
    ],
    [
      ['Train', formatCount(train), 'Criteria and recovery.'],
      ['Validation', formatCount(validation), 'Choosing how much to prune.'],
      ['Test', formatCount(test), 'Nothing but the figures reported here.'],
    ],
  );
}

function originTable({ model, report, recipe, versions }: ReportInput): Block {
  const rows: Text[][] = [
    ['Model', [{ code: model.id }]],
    ['SHA-256 of its model file', [{ code: model.artifactHash }]],
    ['Made from', [{ code: model.parentId ?? model.source?.fileName ?? 'training' }]],
  ];
  if (model.source !== null) rows.push(['SHA-256 of that file', [{ code: model.source.sha256 }]]);
  if (report?.measure === 'agreement')
    rows.push(['SHA-256 of the observations', [{ code: report.observations.sha256 }]]);
  rows.push(
    ['Seed', [{ code: String(recipe.seed) }]],
    ['Backend', report?.backend ?? [{ code: recipe.backend }]],
    ['Versions', `Secateur ${versions.secateur}, Node ${versions.node}`],
  );
  return table(
    [
      { title: 'Origin', kind: 'text' },
      { title: '', kind: 'text' },
    ],
    rows,
  );
}

export function methodSection(input: ReportInput): Section {
  const { recipe, model, report } = input;
  const assumptions = model.source?.notes ?? [];
  return {
    title: 'How it was done',
    blocks: [
      { kind: 'paragraph', text: methodWords(recipe) },
      ...('seeds' in recipe ? [seedsTable(recipe.seeds)] : []),
      ...(report?.measure === 'agreement' ? [sharesTable(report.observations)] : []),
      originTable(input),
      ...(assumptions.length === 0
        ? []
        : [
            { kind: 'heading', text: 'Assumed when the file was read' } as const,
            { kind: 'list', items: assumptions } as const,
          ]),
      { kind: 'heading', text: 'Recipe' },
      { kind: 'code', language: 'json', code: JSON.stringify(recipe, null, 2) },
    ],
  };
}
