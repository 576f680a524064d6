// The command lines of the setup, as pure functions of where things lie.
import { dirname, join, relative } from 'node:path';

export interface Variant {
  readonly arch: string;
  readonly cuda: boolean;
}

/** Node-API 8: the newest that tfjs-node 4.22 looks for, in the folder of this name. */
const NODE_API = 8;

/**
 * What pip installs. The C library that the addon calls, libtensorflow_cc.so.2, is of TensorFlow 2.
 * `tensorflow-cpu` exists for x64 only; elsewhere `tensorflow` itself has no CUDA.
 */
export function wheelOf({ arch, cuda }: Variant): string {
  const name = cuda ? 'tensorflow[and-cuda]' : arch === 'x64' ? 'tensorflow-cpu' : 'tensorflow';
  return `${name}>=2.15,<3`;
}

/** Of Python. Nothing calls TensorFlow's Python side, so its dependencies stay away unless CUDA is among them. */
export function pipArguments(variant: Variant): string[] {
  return [
    ...['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check'],
    ...['--only-binary', ':all:', '--no-compile', ...(variant.cuda ? [] : ['--no-deps'])],
    wheelOf(variant),
  ];
}

/** Of npm. The package's install script would download another TensorFlow. */
export function npmArguments({ folder, version }: { folder: string; version: string }): string[] {
  return [
    ...['install', `@tensorflow/tfjs-node@${version}`, '--prefix', folder],
    ...['--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel', 'error'],
  ];
}

/** Where tfjs-node looks for its addon. */
export const addonOf = (tfjsNode: string): string => join(tfjsNode, 'lib', `napi-v${NODE_API}`, 'tfjs_binding.node');

/**
 * Of the compiler. The addon finds TensorFlow's libraries relative to itself, so that the folder of both may be renamed.
 * @param tfjsNode folder of the npm package
 * @param tensorflow folder of the Python package
 * @param nodeHeaders folder of node_api.h
 */
export function compilerArguments({
  tfjsNode,
  tensorflow,
  nodeHeaders,
}: {
  readonly tfjsNode: string;
  readonly tensorflow: string;
  readonly nodeHeaders: string;
}): string[] {
  const addon = addonOf(tfjsNode);
  return [
    ...['-O2', '-std=c++17', '-shared', '-fPIC', `-DNAPI_VERSION=${NODE_API}`],
    ...[nodeHeaders, join(tensorflow, 'include'), tfjsNode].map((folder) => `-I${folder}`),
    ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((source) => join(tfjsNode, 'binding', source)),
    ...['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'].map((library) => join(tensorflow, library)),
    `-Wl,-rpath,$ORIGIN/${relative(dirname(addon), tensorflow)}`,
    ...['-o', addon],
  ];
}
