// The agents that the tests of formats read.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ModelFile } from '../../../src-main/engine/formats/model-reader.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const read = (path: string): ModelFile => ({
  name: path.split('/').at(-1)!,
  bytes: new Uint8Array(readFileSync(root + path)),
});

const readJson = (path: string): unknown => JSON.parse(readFileSync(root + path, 'utf8'));

/** Made by make-fixtures.py with the real Stable-Baselines3 of today. */
export const fixture = (name: string): ModelFile => read(`tests/fixtures/formats/${name}`);
export const fixtureJson = (name: string): unknown => readJson(`tests/fixtures/formats/${name}`);
export const fixtureNames = (suffix: string): string[] =>
  readdirSync(`${root}tests/fixtures/formats`).filter((name) => name.endsWith(suffix));

/** Trained by others with Stable-Baselines3 1.0. */
export function thirdPartyAgent(name: string): ModelFile {
  return read(name === 'dqn-CartPole-v1.zip' ? `resources/sample/${name}` : `tests/fixtures/agents/${name}`);
}

export interface GoldenAgent {
  /** Gymnasium's id. */
  readonly env: string;
  /** Return in Gymnasium with a deterministic policy: mean and deviation over n episodes. */
  readonly dense: { readonly mean: number; readonly std: number; readonly n: number };
  readonly obs: number[][];
  readonly out: number[][];
  readonly norm: { mean: number[]; var: number[]; eps: number; clip: number } | null;
}

/** What PyTorch answers for the third-party agents. */
export const thirdPartyGolden = readJson('tests/fixtures/agents/golden.json') as Record<string, GoldenAgent>;

/** What PyTorch answers for the fixtures of this room: all heads. */
export const golden = readJson('tests/fixtures/formats/golden.json') as Record<
  string,
  { observations: number[][]; outputs: number[][] }
>;

/** The error that a call throws; fails when it throws none. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
