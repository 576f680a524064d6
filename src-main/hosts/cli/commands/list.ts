import { Command } from 'commander';
import { formatCount } from '../../../services/report/numbers.ts';
import { withServices, type GlobalOptions } from '../session.ts';
import { print, printJson, renderTable } from '../table.ts';

export function listCommand(): Command {
  return new Command('list')
    .description('Projects and models of the store')
    .action(async (_options: unknown, self: Command) => {
      const globals = self.optsWithGlobals<GlobalOptions>();
      await withServices(globals, ({ store }) => {
        const projects = store.projects.list().map((project) => ({ project, models: store.models.list(project.id) }));
        if (globals.json) printJson(projects);
        else if (projects.length === 0) print(['Nothing here yet. `secateur demo` prunes a bundled agent.']);
        else print(projects.flatMap(({ project, models }) => [project.name, ...rowsOf(models), '']));
        return Promise.resolve();
      });
    });
}

function rowsOf(
  models: readonly { id: string; name: string; counts: Record<string, number>; createdAt: number }[],
): string[] {
  return renderTable(
    [
      { title: 'id' },
      { title: 'model' },
      { title: 'weights', align: 'right' },
      { title: 'hidden units', align: 'right' },
      { title: 'bytes', align: 'right' },
      { title: 'made' },
    ],
    models.map(({ id, name, counts, createdAt }) => [
      id,
      name,
      formatCount(counts.nonzeroWeights ?? 0),
      formatCount(counts.hiddenUnits ?? 0),
      formatCount(counts.bytes ?? 0),
      new Date(createdAt).toISOString().slice(0, 16).replace('T', ' '),
    ]),
  ).map((line) => `  ${line}`);
}
