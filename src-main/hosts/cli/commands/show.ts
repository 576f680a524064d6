import { Command } from 'commander';
import type { Evaluation, Model, Run } from '../../../contract/entity.ts';
import { formatBytes, formatCount } from '../../../services/report/numbers.ts';
import { findModel } from '../../../services/resolve-source.ts';
import type { Store } from '../../../store/store.ts';
import { formatReturn } from '../print-outcome.ts';
import { withServices, type GlobalOptions } from '../session.ts';
import { print, printJson } from '../table.ts';

const LOG_LINES = 1000;

interface Shown {
  readonly model: Model;
  readonly ancestors: readonly Model[];
  readonly children: readonly Model[];
  readonly evaluations: readonly Evaluation[];
  readonly run: Run | null;
  readonly log: readonly string[];
}

function gather(store: Store, text: string): Shown {
  const model = findModel(store, text);
  const run = model.runId === null ? null : store.runs.get(model.runId);
  return {
    model,
    ancestors: store.models.ancestors(model.id),
    children: store.models.children(model.id),
    evaluations: store.evaluations.list(model.id),
    run,
    log:
      run === null
        ? []
        : store.logs
            .after({ runId: run.id, sequence: -1, limit: LOG_LINES })
            .map(({ level, text: line }) => `${level}: ${line}`),
  };
}

function describe({ model, ancestors, children, evaluations, run, log }: Shown): string[] {
  const { counts } = model;
  return [
    `${model.name}  ${model.id}`,
    `${formatCount(counts.nonzeroWeights)} nonzero weights of ${formatCount(counts.weights)}, ${formatCount(counts.hiddenUnits)} hidden units, ${formatCount(counts.macs)} MACs, ${formatBytes(counts.bytes)}`,
    ...(model.source === null ? [] : [`from ${model.source.fileName}, SHA-256 ${model.source.sha256}`]),
    ...ancestors.map((ancestor) => `made from ${ancestor.name}  ${ancestor.id}`),
    ...children.map((child) => `led to ${child.name}  ${child.id}`),
    ...evaluations.map(({ purpose, report }) => `${purpose}: ${formatReturn(report)}`),
    ...(run === null
      ? []
      : [`made by run ${run.id} (${run.kind}, ${run.status}), recipe:`, JSON.stringify(run.recipe, null, 2)]),
    ...(log.length === 0 ? [] : ['log of the run:', ...log.map((line) => `  ${line}`)]),
  ];
}

export function showCommand(): Command {
  return new Command('show')
    .description('One model: size, lineage, evaluations, and the recipe and log of the run that made it')
    .argument('<model>', 'id, the beginning of one, or a name')
    .action(async (text: string, _options: unknown, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      await withServices(globals, ({ store }) => {
        const shown = gather(store, text);
        if (globals.json) printJson(shown);
        else print(describe(shown));
        return Promise.resolve();
      });
    });
}
