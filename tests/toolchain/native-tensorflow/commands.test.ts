// The command lines of the setup of native TensorFlow.
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import {
  addonOf,
  compilerArguments,
  npmArguments,
  pipArguments,
  wheelOf,
} from '../../../build/native-tensorflow/commands.ts';

it.each([
  { arch: 'x64', cuda: false, wheel: 'tensorflow-cpu' },
  { arch: 'arm64', cuda: false, wheel: 'tensorflow' },
  { arch: 'x64', cuda: true, wheel: 'tensorflow[and-cuda]' },
])('takes $wheel for $arch, cuda: $cuda', ({ arch, cuda, wheel }) => {
  expect(wheelOf({ arch, cuda }).split('>=')[0]).toBe(wheel);
});

it('builds nothing from sources, and brings what the wheel depends on for CUDA alone', () => {
  const processor = pipArguments({ arch: 'x64', cuda: false });
  const gpu = pipArguments({ arch: 'x64', cuda: true });
  expect(processor).toContain('--no-deps');
  expect(gpu).not.toContain('--no-deps');
  for (const args of [processor, gpu]) expect(args[args.indexOf('--only-binary') + 1]).toBe(':all:');
});

it('installs exactly one version from npm into the folder, without running its scripts', () => {
  const args = npmArguments({ folder: '/project/.tensorflow.1', version: '4.22.0' });
  expect(args).toContain('@tensorflow/tfjs-node@4.22.0');
  expect(args).toContain('--ignore-scripts');
  expect(args[args.indexOf('--prefix') + 1]).toBe('/project/.tensorflow.1');
});

it('has the addon look for TensorFlow where it lies beside it, wherever that is', () => {
  const tfjsNode = '/project/.tensorflow.1/node_modules/@tensorflow/tfjs-node';
  const tensorflow = '/project/.tensorflow.1/python/lib/python3.11/site-packages/tensorflow';
  const args = compilerArguments({ tfjsNode, tensorflow, nodeHeaders: '/node/include/node' });
  const [, rpath] = args.find((arg) => arg.startsWith('-Wl,-rpath,'))!.split('-rpath,');
  expect(rpath).not.toContain('/project');
  expect(resolve(rpath!.replace('$ORIGIN', resolve(addonOf(tfjsNode), '..')))).toBe(tensorflow);
  expect(args).toContain('-I/node/include/node');
});
