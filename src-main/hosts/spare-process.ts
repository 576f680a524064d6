// One worker started ahead of need: starting it takes longer than most of what a page asks.

export interface SpareProcess<Process> {
  start(): Process;
  /** It waits from now on: it must not keep the host alive, and `gone` is to be called when it ends. */
  rest(process: Process, gone: () => void): void;
  /** It is needed now. */
  wake(process: Process): void;
  end(process: Process): void;
}

/**
 * Another one is started whenever one is taken, and ended when nobody wanted it for a while.
 * @param keptMs how long it waits
 * @returns takes the one that waits, or one that has just been started
 */
export function withSpare<Process>(processes: SpareProcess<Process>, keptMs: number): () => Process {
  let spare: Process | null = null;
  let timer: NodeJS.Timeout | undefined;
  const keep = (): void => {
    const started = processes.start();
    spare = started;
    processes.rest(started, () => {
      if (spare === started) spare = null;
    });
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (spare !== started) return;
      spare = null;
      processes.end(started);
    }, keptMs).unref();
  };
  return () => {
    const taken = spare;
    spare = null;
    if (taken !== null) processes.wake(taken);
    const process = taken ?? processes.start();
    keep();
    return process;
  };
}
