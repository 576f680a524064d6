// What is shipped, and under which licence: the packages that the host runs with, and those that the page is built from.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Licences } from '../../src-main/contract/licences.ts';
import { closure, nameOf, type LockFile } from './lock-file.ts';

/** The window's runtime, and the library that is compiled into the kernels; what they are installed with is not shipped. */
const RUNTIMES = ['assemblyscript', 'electron'];
/** Beside packages: the agent to try everything with. */
const SAMPLE = { name: 'rl-trained-agents', version: 'dqn-CartPole-v1', licence: 'MIT', folder: 'resources/sample' };
/** For development only, although packages name them. */
const NOT_SHIPPED = new Set(['typescript', 'vite']);
const LICENCE_FILE = /^(licen[sc]e|copying|notice)([.-].*)?$/i;
const IMPORT = /(?:from |import |import\()'((?:@[\w.-]+\/)?[\w.-]+)(?:\/[^']*)?'/g;

interface Dependencies {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

/** Packages that files under a folder import, by name. */
function importedUnder(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(ts|svelte|css)$/.test(file),
  );
  const names = files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(IMPORT)].map((match) => match[1]!),
  );
  return [...new Set(names)].filter((name) => !name.startsWith('.'));
}

/** Its own words; null where the package brings none. */
function textOf(folder: string): string | null {
  const files = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .sort();
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  return texts.length === 0 ? null : texts.join('\n\n');
}

/** @param root folder of the project, with its packages installed */
export function collectLicences(root: string): Licences {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));
  const lock = read('package-lock.json') as LockFile;
  const own = read('package.json') as Dependencies;
  const needed = closure(lock, [
    ...Object.keys(own.dependencies),
    ...Object.keys(own.optionalDependencies),
    ...importedUnder(join(root, 'src-renderer')),
  ]);
  const runtimes = RUNTIMES.map((name) => `node_modules/${name}`);
  const texts: string[] = [];
  const numberOf = (text: string): number => {
    if (!texts.includes(text)) texts.push(text);
    return texts.indexOf(text);
  };
  const packages = [...new Set([...needed, ...runtimes])]
    .filter((folder) => !NOT_SHIPPED.has(nameOf(folder)))
    .map((folder) => ({ folder, name: nameOf(folder), ...lock.packages[folder]! }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1))
    .map(({ folder, name, version, license, optional = false }) => {
      // A package for one platform is installed there only: what is said of it must not depend on where this runs.
      const text = optional ? null : textOf(join(root, folder));
      return { name, version, licence: license ?? null, text: text === null ? null : numberOf(text) };
    });
  const { folder, ...sample } = SAMPLE;
  const sampleText = textOf(join(root, folder));
  return {
    packages: [...packages, { ...sample, text: sampleText === null ? null : numberOf(sampleText) }],
    texts,
  };
}
