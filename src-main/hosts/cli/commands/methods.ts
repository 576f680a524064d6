import { Command } from 'commander';
import type { Method } from '../../../contract/catalogue.ts';
import { loadCatalogue } from '../../../services/catalogue.ts';
import { formatCount } from '../../../services/report/numbers.ts';
import { jobHost, type GlobalOptions } from '../session.ts';
import { print, printJson } from '../table.ts';

function section(title: string, entries: readonly (Omit<Method, 'formula'> & { formula?: string })[]): string[] {
  const width = Math.max(...entries.map(({ id }) => id.length)) + 2;
  return [
    title,
    ...entries.flatMap(({ id, name, explanation, formula }) => [
      `  ${id.padEnd(width)}${name}${formula === undefined ? '' : `: ${formula}`}`,
      `  ${''.padEnd(width)}${explanation}`,
    ]),
    '',
  ];
}

export function methodsCommand(): Command {
  return new Command('methods')
    .description('What there is to choose from, one sentence each')
    .action(async (_options: unknown, self: Command) => {
      const catalogue = await loadCatalogue(jobHost);
      if (self.optsWithGlobals<GlobalOptions>().json) {
        printJson(catalogue);
        return;
      }
      print([
        ...section('Targets of the automatic search (--keep, --max-bytes, --max-latency)', catalogue.targets),
        ...section('Granularities (--granularity)', catalogue.granularities),
        ...section('Criteria (--criterion)', catalogue.criteria),
        ...section('Allocations (--allocation)', catalogue.allocations),
        ...section('Schedules (--schedule)', catalogue.schedules),
        ...section('Topologies of networks that are sparse throughout (train --topology)', catalogue.topologies),
        ...section('Recoveries (--recovery)', catalogue.recoveries),
        ...section(
          'Environments (--env)',
          catalogue.environments.map(({ id, description, actions }) => ({
            id,
            name: actions,
            explanation: description,
          })),
        ),
        ...section(
          'Templates to train with (secateur train --template)',
          catalogue.templates.map(({ id, algorithm, environment, source, totalSteps }) => ({
            id,
            name: environment,
            explanation: `${algorithm.toUpperCase()}, ${formatCount(totalSteps)} steps; settings of ${source}`,
          })),
        ),
      ]);
    });
}
