// What every use case is given, and where a run's events go.
import type { LogLine, MetricPoint, Model, Run } from '../contract/entity.ts';
import type { ExportCheck, Progress } from '../contract/job.ts';
import type { SearchTrial } from '../contract/search.ts';
import type { Store } from '../store/store.ts';
import type { JobHost } from './job-host.ts';

export interface Services {
  readonly store: Store;
  readonly jobHost: JobHost;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Of Secateur and of Node, for provenance. */
  readonly versions: { readonly secateur: string; readonly node: string };
  readonly machine: { readonly platform: string; readonly cores: number };
}

/** What a run tells whoever watches it. All but `progress`, `paused` and `policy` is in the store before it is told. */
export type RunEvent =
  | { readonly type: 'run'; readonly run: Run }
  | { readonly type: 'imported'; readonly model: Model; readonly notes: readonly string[] }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'paused'; readonly paused: boolean }
  /** Only when somebody asked for it. */
  | { readonly type: 'policy'; readonly step: number; readonly bytes: Uint8Array }
  | { readonly type: 'metrics'; readonly metrics: readonly MetricPoint[] }
  | { readonly type: 'trial'; readonly trial: SearchTrial }
  | ({ readonly type: 'log' } & LogLine);

/** Called with everything that happens, in order. */
export type Watch = (event: RunEvent) => void;

/** Files that an export wrote. */
export interface Exported {
  /** Absolute. */
  readonly folder: string;
  readonly exportId: string;
  /** Names of all files in it, with their sizes in bytes. */
  readonly files: readonly { readonly path: string; readonly size: number }[];
  readonly checks: readonly ExportCheck[];
}
