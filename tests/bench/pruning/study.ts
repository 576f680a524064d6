// The study: every criterion on every shared agent, at six sparsities, with and without recovery, as many cells at a time
// as there are cores.
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { findingSchema, keepFinding, openCells, type Finding } from './study-cells.ts';
import { fromRoot } from './agents.ts';

/** @param tell is given every finding as it is made */
export async function study(tell: (finding: Finding, left: number) => void): Promise<void> {
  const cells = openCells();
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = fork(fromRoot('tests/bench/pruning/study-one.ts'), { execArgv: process.execArgv });
      const next = (): void => {
        const cell = cells.shift();
        if (cell === undefined) child.kill();
        else child.send(cell);
      };
      child.on('message', (message) => {
        const finding = findingSchema.parse(message);
        keepFinding(finding);
        tell(finding, cells.length);
        next();
      });
      child.on('exit', (code) => {
        if (cells.length === 0 && code === null) resolve();
        else reject(new Error(`a process of the study ended with ${code}`));
      });
      next();
    });
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}
