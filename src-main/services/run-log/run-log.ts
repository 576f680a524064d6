// What a run measures, written beside the store as it comes: an event file for TensorBoard, and the same as CSV.
import { closeSync, fstatSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { access, constants, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { MetricPoint, Run } from '../../contract/entity.ts';
import { FileNotFoundError, toFileError } from '../../store/file-errors.ts';
import { fileHeader, scalarRecord } from './tensorboard.ts';

/** Fails now rather than when the run has something to say. @throws NotWritableError, NotAFolderError, DiskFullError */
export async function checkLogFolder(folder: string): Promise<void> {
  const path = resolve(folder);
  try {
    await mkdir(path, { recursive: true });
    await access(path, constants.W_OK);
  } catch (error) {
    throw toFileError(error, path);
  }
}

/** "step,metric,value", quoted where a name needs it (RFC 4180); nothing where the value was not finite. */
export function csvLine({ step, name, value }: Pick<MetricPoint, 'step' | 'name' | 'value'>): string {
  const quoted = /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
  return `${step},${quoted},${value ?? ''}\n`;
}

export interface RunLogOptions {
  /** Gets a folder for the run, with `recipe.json`, `metrics.csv` and the event file. */
  readonly folder: string;
  /** Of that folder. */
  readonly name: string;
  readonly run: Run;
  /** Measured before the run was interrupted, in order of sequence. */
  readonly before: readonly MetricPoint[];
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** A run that goes on after an interruption writes its files anew, from what the store has: no point is there twice. */
export class RunLog {
  readonly #events: number;
  readonly #csv: number;
  readonly #clock: () => number;
  readonly #path: string;

  /** @throws NotWritableError, NotAFolderError, DiskFullError */
  constructor({ folder, name, run, before, clock }: RunLogOptions) {
    const path = resolve(folder, name);
    this.#clock = clock;
    this.#path = path;
    try {
      mkdirSync(path, { recursive: true });
      writeFileSync(join(path, 'recipe.json'), `${JSON.stringify(run.recipe, null, 2)}\n`);
      const seconds = Math.floor(run.createdAt / 1000);
      // TensorBoard reads whatever has "tfevents" in its name.
      this.#events = openSync(join(path, `events.out.tfevents.${seconds}.secateur`), 'w');
      this.#csv = openSync(join(path, 'metrics.csv'), 'w');
    } catch (error) {
      throw toFileError(error, path);
    }
    writeSync(this.#events, fileHeader(run.createdAt / 1000));
    writeSync(this.#csv, 'step,metric,value\n');
    this.add(before);
  }

  /** @throws DiskFullError, NotWritableError, FileNotFoundError, after which nothing can be added any more */
  add(metrics: readonly MetricPoint[]): void {
    if (metrics.length === 0) return;
    const seconds = this.#clock() / 1000;
    const records = metrics.map(({ step, name, value }) =>
      scalarRecord({ seconds, step, tag: name, value: value ?? NaN }),
    );
    try {
      // Where open files can be removed, writing to them goes on without a word.
      if (fstatSync(this.#csv).nlink === 0) throw new FileNotFoundError(this.#path);
      writeSync(this.#events, Buffer.concat(records));
      writeSync(this.#csv, metrics.map(csvLine).join(''));
    } catch (error) {
      this.close();
      throw toFileError(error, this.#path);
    }
  }

  close(): void {
    closeSync(this.#events);
    closeSync(this.#csv);
  }
}
