// Runs the programs of the setup: Python, npm, the compiler.
import { spawn } from 'node:child_process';

export interface CommandResult {
  /** 127 where there is no such program, as in a shell. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param show whether what the program prints to its standard output goes to ours instead of into the result. */
export type RunCommand = (
  program: string,
  args: readonly string[],
  options?: { readonly show?: boolean },
) => Promise<CommandResult>;

/** @param signal ends the running program; its command then rejects with the signal's reason. */
export function commandRunner(signal: AbortSignal): RunCommand {
  return (program, args, { show = false } = {}) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const child = spawn(program, args, { signal, stdio: ['ignore', show ? 'inherit' : 'pipe', 'pipe'] });
      const output = { stdout: '', stderr: '' };
      for (const stream of ['stdout', 'stderr'] as const) {
        child[stream]?.setEncoding('utf8').on('data', (text: string) => {
          output[stream] += text;
        });
      }
      child.on('error', (error) => {
        if (!signal.aborted) resolve({ code: 127, stdout: '', stderr: error.message });
      });
      child.on('close', (code, endedBy) => {
        if (signal.aborted) reject(signal.reason as Error);
        else resolve({ ...output, code: code ?? 1, stderr: endedBy === null ? output.stderr : `ended by ${endedBy}` });
      });
    });
}
