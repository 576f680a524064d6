// The bytes of a file that a person dropped or chose.
import type { NamedFile } from '../../src-main/contract/job.ts';

/** What one message to the host may carry, bytes. */
export const LARGEST_MESSAGE = 250 * 1024 ** 2;

/** Null where the browser cannot hand them over: a folder, or a file that is gone. */
export async function readFile(file: File): Promise<NamedFile | null> {
  try {
    return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch {
    return null;
  }
}

/** Opens the system's file dialog. @param accept endings: ".npy,.csv" */
export function chooseFiles(options: {
  readonly accept: string;
  readonly multiple: boolean;
  readonly take: (files: readonly File[]) => void;
}): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = options.multiple;
  input.accept = options.accept;
  input.addEventListener('change', () => {
    if (input.files !== null) options.take([...input.files]);
  });
  input.click();
}
