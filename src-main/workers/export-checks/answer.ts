// An exported file, opened by the software it was written for.
import type { NamedFile } from '../../contract/job.ts';

/** Answers as the software that reads the file answers. */
export interface OpenedExport {
  /** "onnxruntime-node 1.30.0". */
  readonly reader: string;
  /** @returns outputs of all rows, [count, outputs] */
  answer(observations: Float32Array, count: number): Promise<Float32Array>;
  /** One inference of batch 1, for timing; null where timing it would say nothing about its use. */
  readonly infer: ((observation: Float32Array) => Promise<void>) | null;
  close(): Promise<void>;
}

export type OpenExport = (input: {
  readonly files: readonly NamedFile[];
  /** Of an observation, batch left out. */
  readonly shape: readonly number[];
}) => Promise<OpenedExport>;
