import { Command } from 'commander';
import type { Model, Run } from '../../../contract/entity.ts';
import { formatCount, formatDuration } from '../../../services/report/numbers.ts';
import { withServices, type GlobalOptions } from '../session.ts';
import { print, printJson, renderTable } from '../table.ts';

const formatTime = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

const rowsOfModels = (models: readonly Model[]): string[] =>
  renderTable(
    [
      { title: 'id' },
      { title: 'model' },
      { title: 'weights', align: 'right' },
      { title: 'hidden units', align: 'right' },
      { title: 'bytes', align: 'right' },
      { title: 'made (UTC)' },
    ],
    models.map(({ id, name, counts, createdAt }) => [
      id,
      name,
      formatCount(counts.nonzeroWeights),
      formatCount(counts.hiddenUnits),
      formatCount(counts.bytes),
      formatTime(createdAt),
    ]),
  );

const rowsOfRuns = (runs: readonly Run[]): string[] =>
  renderTable(
    [
      { title: 'id' },
      { title: 'run' },
      { title: 'status' },
      { title: 'took', align: 'right' },
      { title: 'began (UTC)' },
      { title: 'problem' },
    ],
    runs.map(({ id, kind, status, createdAt, startedAt, endedAt, problem }) => [
      id,
      kind,
      status,
      startedAt === null || endedAt === null ? '–' : formatDuration((endedAt - startedAt) / 1000),
      formatTime(createdAt),
      problem?.message ?? '',
    ]),
  );

export function listCommand(): Command {
  return new Command('list')
    .description('Projects and their models, or their runs')
    .option('--runs', 'what was done, and how it ended', false)
    .action(async (options: { runs: boolean }, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      await withServices(globals, ({ store }) => {
        const projects = store.projects.list();
        const models = projects.map((project) => ({ project, models: store.models.list(project.id) }));
        const runs = projects.map((project) => ({ project, runs: store.runs.list(project.id) }));
        if (globals.json) printJson(options.runs ? runs : models);
        else if (projects.length === 0) print(['Nothing here yet. `secateur demo` prunes a bundled agent.']);
        else {
          const tables = options.runs
            ? runs.map((entry) => ({ project: entry.project, rows: rowsOfRuns(entry.runs) }))
            : models.map((entry) => ({ project: entry.project, rows: rowsOfModels(entry.models) }));
          print(tables.flatMap(({ project, rows }) => [project.name, ...rows.map((row) => `  ${row}`), '']));
        }
        return Promise.resolve();
      });
    });
}
