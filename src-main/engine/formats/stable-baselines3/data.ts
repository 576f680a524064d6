// The `data` entry: JSON in which everything that is not JSON is a pickle beside a readable summary. Only the summary
// is used; the pickles are never looked at.
import { z } from 'zod';
import { decodeUtf8 } from '../utf8.ts';
import type { ZipArchive } from '../zip/read-zip.ts';
import { NotAnAgentError } from './errors.ts';

const recordSchema = z.record(z.string(), z.unknown());
export type Fields = Readonly<Record<string, unknown>>;

/** An object's own fields; none for anything else. */
export function fieldsOf(value: unknown): Fields {
  const parsed = recordSchema.safeParse(value);
  return parsed.success ? parsed.data : {};
}

/** A value whose class the summary names: `<class 'gym.spaces.box.Box'>` → "Box". */
export function classNameOf(text: unknown): string | null {
  const qualified = typeof text === 'string' ? /^<class '([\w.]+)'>$/.exec(text)?.[1] : undefined;
  return qualified?.split('.').at(-1) ?? null;
}

/**
 * All fields of the `data` entry.
 * @throws NotAnAgentError and the zip reader's errors
 */
export function readData(archive: ZipArchive): Fields {
  const text = decodeUtf8(archive.read('data'));
  try {
    return recordSchema.parse(JSON.parse(text ?? ''));
  } catch {
    throw new NotAnAgentError(archive.file, 'its entry "data" is not JSON');
  }
}
