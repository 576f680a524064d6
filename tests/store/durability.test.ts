// The store under processes that are killed, and under two that write at once.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { Random } from '../../src-main/engine/random/random.ts';
import type { Store } from '../../src-main/store/store.ts';
import { openSampleStore } from './sample-store.ts';
import { temporaryFolder } from './temporary-folder.ts';

interface Writing {
  readonly runId: string;
  /** The greatest sequence number that was said to be stored; −1 for none. */
  readonly acknowledged: number;
  readonly exitCode: number | null;
}

/**
 * Runs a writer until it ends.
 * @param afterBatch called with the number of batches that it has acknowledged; returning true kills it
 */
async function runWriter(
  folder: string,
  batches: number | 'forever',
  afterBatch: (acknowledged: number) => boolean | Promise<boolean>,
): Promise<Writing> {
  const writer = spawn(process.execPath, [join(import.meta.dirname, 'metric-writer.ts'), folder, String(batches)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(writer, 'exit') as Promise<[number | null]>;
  const lines: string[] = [];
  for await (const line of createInterface({ input: writer.stdout })) {
    lines.push(line);
    if (await afterBatch(lines.length - 1)) writer.kill('SIGKILL');
  }
  const [exitCode] = await exit;
  return { runId: lines[0]!, acknowledged: Number(lines.slice(1).at(-1) ?? -1), exitCode };
}

function storedSequences(store: Store, runId: string): number[] {
  return store.metrics.after({ runId, sequence: -1, limit: 1_000_000 }).map(({ sequence }) => sequence);
}

function integrity(folder: string): unknown {
  const database = new Database(join(folder, 'secateur.db'), { readonly: true });
  const verdict = database.pragma('integrity_check', { simple: true });
  database.close();
  return verdict;
}

it('keeps what it acknowledged through kills at random moments, and marks the runs as interrupted', async () => {
  const folder = temporaryFolder();
  const random = new Random(7);
  const writings: Writing[] = [];
  for (let kill = 0; kill < 4; kill++) {
    const killAt = random.integer(60);
    writings.push(await runWriter(folder, 'forever', (batches) => batches >= killAt));
  }
  expect(writings.map(({ exitCode }) => exitCode)).toEqual([null, null, null, null]);

  const { store } = await openSampleStore(folder);
  for (const { runId, acknowledged } of writings) {
    const stored = storedSequences(store, runId);
    expect(stored.length % 20).toBe(0); // whole batches only
    expect(stored).toEqual(stored.map((_, index) => index));
    expect(stored.length).toBeGreaterThan(acknowledged);
    expect(store.runs.get(runId).status).toBe('interrupted');
  }
  expect(integrity(folder)).toBe('ok');
});

it('takes the writes of two processes that start and write at once', async () => {
  const folder = temporaryFolder();
  const writings = await Promise.all([1, 2].map(() => runWriter(folder, 40, () => false)));
  const { store } = await openSampleStore(folder);
  for (const { runId, acknowledged, exitCode } of writings) {
    expect(exitCode).toBe(0);
    expect(acknowledged).toBe(799);
    expect(storedSequences(store, runId)).toHaveLength(800);
    expect(store.runs.get(runId).status).toBe('finished');
  }
  expect(integrity(folder)).toBe('ok');
});

it('leaves the run of a living process alone', async () => {
  const folder = temporaryFolder();
  const seen: string[] = [];
  await runWriter(folder, 'forever', async (batches) => {
    if (batches !== 1) return false;
    const { store } = await openSampleStore(folder);
    seen.push(...store.runs.withStatus('running').map(({ status }) => status));
    store.close();
    return true;
  });
  const { store } = await openSampleStore(folder);
  seen.push(...store.runs.withStatus('interrupted').map(({ status }) => status));
  expect(seen).toEqual(['running', 'interrupted']);
});
