import { Command } from 'commander';
import type { Evaluation, Model } from '../../../contract/entity.ts';
import { SecateurError } from '../../../contract/secateur-error.ts';
import { formatCount, formatMicroseconds, formatWithInterval } from '../../../services/report/numbers.ts';
import { findModel } from '../../../services/resolve-source.ts';
import type { Store } from '../../../store/store.ts';
import { withServices, type GlobalOptions } from '../session.ts';
import { print, printJson, renderTable } from '../table.ts';

class TooFewModelsError extends SecateurError {
  readonly kind = 'bad-input';

  constructor() {
    super('comparing takes two models or more', 'The first is what the others are compared with.');
  }
}

interface Compared {
  readonly model: Model;
  /** The latest of each purpose. */
  readonly validation: Evaluation | null;
  readonly test: Evaluation | null;
}

function gather(store: Store, text: string): Compared {
  const model = findModel(store, text);
  const evaluations = store.evaluations.list(model.id);
  const latest = (purpose: Evaluation['purpose']): Evaluation | null =>
    evaluations.findLast((evaluation) => evaluation.purpose === purpose) ?? null;
  return { model, validation: latest('validation'), test: latest('test') };
}

const ratio = (value: number, baseline: number): string =>
  baseline === 0 ? '' : ` (${value === baseline ? '=' : `×${Number((value / baseline).toPrecision(3))}`})`;

/** One row per quantity, one column per model; sizes relative to the first model, rows that do not differ left out. */
function describe(compared: readonly Compared[], all: boolean): string[] {
  const baseline = compared[0]!;
  const count = (title: string, of: (model: Model) => number): string[] => [
    title,
    ...compared.map(({ model }, i) => formatCount(of(model)) + (i === 0 ? '' : ratio(of(model), of(baseline.model)))),
  ];
  const evaluated = (title: string, of: (entry: Compared) => Evaluation | null): string[] => [
    title,
    ...compared.map((entry) => {
      const evaluation = of(entry);
      return evaluation === null
        ? '–'
        : formatWithInterval(evaluation.report.summary.mean, evaluation.report.summary.meanInterval);
    }),
  ];
  const latency = (entry: Compared): string => {
    const measured = entry.test?.report.latency;
    return measured == null ? '–' : formatMicroseconds(measured.medianMicroseconds);
  };
  const rows = [
    count('weights', (model) => model.counts.nonzeroWeights),
    count('hidden units', (model) => model.counts.hiddenUnits),
    count('MACs', (model) => model.counts.macs),
    count('bytes', (model) => model.counts.bytes),
    evaluated('return, validation', ({ validation }) => validation),
    evaluated('return, test', ({ test }) => test),
    ['latency, median', ...compared.map(latency)],
  ];
  const differing = rows.filter((row) => all || new Set(row.slice(1)).size > 1);
  return renderTable([{ title: '' }, ...compared.map(({ model }) => ({ title: model.name }))], differing);
}

export function compareCommand(): Command {
  return new Command('compare')
    .description('Models side by side: what differs, relative to the first')
    .argument('<models...>', 'two or more models of the store, by id or name')
    .option('--all', 'also rows that do not differ', false)
    .action(async (texts: string[], options: { all: boolean }, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      await withServices(globals, ({ store }) => {
        if (texts.length < 2) throw new TooFewModelsError();
        const compared = texts.map((text) => gather(store, text));
        if (globals.json) printJson(compared);
        else print(describe(compared, options.all));
        return Promise.resolve();
      });
    });
}
