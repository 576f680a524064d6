// Where an export goes unless the person says otherwise: a folder of its own, under their documents.
import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** A model's name as the name of a folder on every system: "dqn-cartpole-v1-99-02-of-the-neurons-pruned". */
export function folderNameOf(modelName: string): string {
  const plain = modelName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain.slice(0, 60) || 'policy';
}

/** Absolute; nothing is there yet. */
export async function suggestFolder(modelName: string): Promise<string> {
  const documents = join(homedir(), 'Documents');
  const parent = join((await exists(documents)) ? documents : homedir(), 'Secateur');
  const name = folderNameOf(modelName);
  for (let copy = 1; ; copy++) {
    const folder = join(parent, copy === 1 ? name : `${name}-${copy}`);
    if (!(await exists(folder))) return folder;
  }
}
