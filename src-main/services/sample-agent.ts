// The bundled agent, with which a person can try everything before bringing one.
import { fileURLToPath } from 'node:url';
import type { NamedFile } from '../contract/job.ts';
import { readNamed } from './read-named.ts';

/** The same address from the sources and from the built file: both lie two folders deep. */
const sample = fileURLToPath(new URL('../../resources/sample/dqn-CartPole-v1.zip', import.meta.url));

export async function readSample(): Promise<{ file: NamedFile; normalizer: null; environment: string }> {
  return { file: await readNamed(sample), normalizer: null, environment: 'CartPole-v1' };
}
