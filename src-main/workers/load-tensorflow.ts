// Where the packages of TensorFlow.js lie on this machine, and TensorFlow itself if it is installed.
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import util from 'node:util';
import type { Tensorflow } from '../engine/numerics/tensorflow/session.ts';

const require = createRequire(import.meta.url);

/** Folder of the .wasm files of @tensorflow/tfjs-backend-wasm, ending in a separator. */
export function wasmBinaries(): string {
  return dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep;
}

export type LoadedTensorflow =
  | {
      readonly kind: 'loaded';
      readonly tf: Tensorflow;
      /** "tfjs-node 4.22.0, TensorFlow 2.9.1" */ readonly version: string;
    }
  /** One reason per package that was tried. */
  | { readonly kind: 'unavailable'; readonly reason: string };
