// TensorFlow.js has one global current backend and frees nothing by itself: every computation goes through here.
import type * as TensorflowCore from '@tensorflow/tfjs-core';

/** The module that computes: tfjs-core, or a package that re-exports it (tfjs-node, tfjs-node-gpu). */
export type Tensorflow = typeof TensorflowCore;

export interface Session {
  readonly tf: Tensorflow;
  /** As it is registered with TensorFlow.js: `cpu`, `wasm`, `tensorflow`. Initialised already. */
  readonly engine: string;
}

/**
 * Runs `work` on the session's engine and frees every tensor that it made, but for those it gave to `tf.keep`.
 * Several engines may be loaded in one process, so the current one is whichever was used last.
 */
export function within<T>({ tf, engine }: Session, work: (tf: Tensorflow) => T): T {
  // setBackend only answers by a promise; for an engine that runs already it has switched when it returns.
  if (tf.getBackend() !== engine) void tf.setBackend(engine);
  let result: { readonly value: T } | undefined;
  tf.tidy(() => {
    // Not returned through tidy, which would search it for tensors, entry by entry.
    result = { value: work(tf) };
  });
  return result!.value;
}
