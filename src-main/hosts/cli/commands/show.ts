import { Command } from 'commander';
import type { Relative } from '../../../contract/api/models.ts';
import type { Evaluation, LogLine, Model, Run } from '../../../contract/entity.ts';
import { findRun } from '../../../services/find-run.ts';
import { findModel } from '../../../services/resolve-source.ts';
import type { Store } from '../../../store/store.ts';
import { formatReturn, formatSize } from '../print-outcome.ts';
import { withServices, type GlobalOptions } from '../session.ts';
import { print, printJson } from '../table.ts';

const LOG_LINES = 1000;

interface ShownRun {
  readonly run: Run;
  readonly log: readonly LogLine[];
}

interface Shown {
  readonly model: Model;
  readonly ancestors: readonly Model[];
  readonly children: readonly Relative[];
  readonly evaluations: readonly Evaluation[];
  readonly made: ShownRun | null;
}

const gatherRun = (store: Store, run: Run): ShownRun => ({
  run,
  log: store.logs.after({ runId: run.id, sequence: -1, limit: LOG_LINES }),
});

function gather(store: Store, text: string): Shown {
  const model = findModel(store, text, 'model or run');
  return {
    model,
    ancestors: store.models.ancestors(model.id),
    children: store.models.children(model.id),
    evaluations: store.evaluations.list(model.id),
    made: model.runId === null ? null : gatherRun(store, store.runs.get(model.runId)),
  };
}

function describeRun({ run, log }: ShownRun): string[] {
  return [
    `run ${run.id}: ${run.kind}, ${run.status}`,
    ...(run.problem === null ? [] : [`${run.problem.message}. ${run.problem.hint}`]),
    'recipe:',
    JSON.stringify(run.recipe, null, 2),
    ...(log.length === 0 ? [] : ['log:', ...log.map(({ level, text }) => `  ${level}: ${text}`)]),
  ];
}

function describe({ model, ancestors, children, evaluations, made }: Shown): string[] {
  return [
    `${model.name}  ${model.id}`,
    formatSize(model),
    ...(model.source === null ? [] : [`from ${model.source.fileName}, SHA-256 ${model.source.sha256}`]),
    ...ancestors.map((ancestor) => `made from ${ancestor.name}  ${ancestor.id}`),
    ...children.map((child) => `led to ${child.name}  ${child.id}`),
    ...evaluations.map(({ purpose, report }) => `${purpose}: ${formatReturn(report)}`),
    ...(made === null ? [] : ['', ...describeRun(made)]),
  ];
}

export function showCommand(): Command {
  return new Command('show')
    .description('One model: size, lineage, evaluations, and the run that made it; or one run: recipe, log, problem')
    .argument('<model or run>', 'id of either, name of a model, or the beginning of one')
    .action(async (text: string, _options: unknown, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      await withServices(globals, ({ store }) => {
        const run = findRun(store, text);
        if (run !== null) {
          const shown = gatherRun(store, run);
          if (globals.json) printJson(shown);
          else print(describeRun(shown));
        } else {
          const shown = gather(store, text);
          if (globals.json) printJson(shown);
          else print(describe(shown));
        }
        return Promise.resolve();
      });
    });
}
