// The processes that a served host has started.
import { execFileSync } from 'node:child_process';
import type { ServedWorkbench } from './served-workbench.ts';

/** Ends all of them at once: the workers of its runs, and the one that is kept ready. */
export function killWorkers({ host }: ServedWorkbench): void {
  const children = execFileSync('pgrep', ['-P', String(host.pid)], { encoding: 'utf8' });
  for (const pid of children.trim().split('\n')) process.kill(Number(pid), 'SIGKILL');
}
