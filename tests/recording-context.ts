// A run context that remembers what it was told, on a clock that only moves when it is looked at.
import type { Progress } from '../src-main/contract/job.ts';
import type { ReportedMetric, RunContext } from '../src-main/engine/run-context.ts';

export interface RecordingContext extends RunContext {
  readonly metricsSeen: ReportedMetric[];
  readonly progressSeen: Progress[];
  readonly logSeen: string[];
}

/** @param breaths how often the person lets it go on before asking to stop. */
export function recordingContext(breaths = Infinity): RecordingContext {
  const metricsSeen: ReportedMetric[] = [];
  const progressSeen: Progress[] = [];
  const logSeen: string[] = [];
  let time = 0;
  let left = breaths;
  return {
    metricsSeen,
    progressSeen,
    logSeen,
    progress: (progress) => void progressSeen.push(progress),
    metrics: (metrics) => void metricsSeen.push(...metrics),
    log: (_level, text) => void logSeen.push(text),
    offerPolicy: () => undefined,
    now: () => (time += 1),
    breathe: () => Promise.resolve(--left < 0),
  };
}
