// `npm run bench:pruning`: automatic pruning of the shared agents, Shapley values with their intervals, and the study of
// all criteria. What is in docs/bench/pruning.json and pruning-study.jsonl is not made again, so that it can be interrupted
// at any time; remove these files to begin anew. Writes docs/bench/pruning.md, pruning-study.md and .svg.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fromRoot } from './pruning/agents.ts';
import { automaticTable, measureAutomatic } from './pruning/automatic.ts';
import { shapleyTable } from './pruning/shapley.ts';
import { readFindings } from './pruning/study-cells.ts';
import { plotStudy } from './pruning/study-plot.ts';
import { studyReport } from './pruning/study-report.ts';
import { rowsOf } from './pruning/study-statistics.ts';
import { study } from './pruning/study.ts';

const { values: options } = parseArgs({
  options: {
    /** Only the automatic mode and Shapley values (about 20 minutes), or only the study (about an hour). */
    automatic: { type: 'boolean', default: false },
    study: { type: 'boolean', default: false },
  },
});
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const write = (name: string, lines: readonly string[]): void => {
  writeFileSync(fromRoot(`docs/bench/${name}`), `${lines.join('\n')}\n`);
};

if (!options.study) {
  const rows = measureAutomatic(({ agent, granularity, seed, pruned, seconds, megabytes, reached }) => {
    const left = `${pruned.weights} weights in ${pruned.hiddenUnits} neurons`;
    const cost = `${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB`;
    print(
      `${reached ? 'ok  ' : 'MISS'} ${agent} ${granularity} seed ${seed}: ${left}, return ${pruned.test.mean.toFixed(1)}, ${cost}`,
    );
  });
  const lines = [...automaticTable(rows), '', ...(await shapleyTable())];
  write('pruning.md', lines);
  print(`\n${lines.join('\n')}\n`);
  process.exitCode = rows.every(({ reached }) => reached) ? 0 : 1;
}
if (!options.automatic) {
  await study(({ agent, granularity, criterion, seed }, left) => {
    print(`${agent} ${granularity} ${criterion} seed ${seed}; ${left} to go`);
  });
  const findings = readFindings();
  const rows = rowsOf(findings);
  write('pruning-study.md', [studyReport(findings, rows).trimEnd()]);
  writeFileSync(fromRoot('docs/bench/pruning-study.svg'), plotStudy(rows));
}
