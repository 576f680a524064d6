// Where it was measured, and with what.
import { createRequire } from 'node:module';
import os from 'node:os';
import { z } from 'zod';
import type { Backend } from '../../../src-main/engine/numerics/backend.ts';
import type { Peer } from './peer.ts';

const require = createRequire(import.meta.url);
const packageSchema = z.object({ version: z.string() });

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memory: string;
  readonly system: string;
  /** Processes that wanted to run in the last minute, before the benchmark began; a quiet machine has less than 1. */
  readonly loadBefore: number;
}

export function describeMachine(): Machine {
  return {
    processor: os.cpus()[0]!.model.trim(),
    cores: os.availableParallelism(),
    memory: `${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    loadBefore: os.loadavg()[0]!,
  };
}

export async function collectVersions(peer: Peer, backend: Backend): Promise<Record<string, string>> {
  return {
    Secateur: backend.version,
    'Node.js': [process.versions.node, ...process.execArgv].join(' '),
    'ONNX Runtime': packageSchema.parse(require('onnxruntime-node/package.json')).version,
    ...(await peer.ask(z.record(z.string(), z.string()), 'versions')),
  };
}
