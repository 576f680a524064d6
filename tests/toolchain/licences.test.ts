// What the application says that it is made of.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { collectLicences } from '../../build/licences/collect-licences.ts';
import { closure, type LockFile } from '../../build/licences/lock-file.ts';
import { licencesSchema } from '../../src-main/contract/licences.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('resources/licences.json', () => {
  const text = readFileSync(`${root}/resources/licences.json`, 'utf8');
  const { packages, texts } = licencesSchema.parse(JSON.parse(text));

  it('is up to date: npm run licences', () => {
    expect(`${JSON.stringify(collectLicences(root), null, 1)}\n`).toBe(text);
  });

  it('has every package that the host depends on, in the version that is locked', () => {
    const { dependencies } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
      dependencies: Record<string, string>;
    };
    for (const [name, version] of Object.entries(dependencies)) {
      expect(packages).toContainEqual(expect.objectContaining({ name, version }));
    }
  });

  it('has what the page is built from, and the runtime of the window', () => {
    const names = packages.map(({ name }) => name);
    for (const name of ['svelte', 'bits-ui', 'chart.js', '@fontsource-variable/inter', '@lucide/svelte', 'electron']) {
      expect(names).toContain(name);
    }
    expect(names).not.toContain('vitest');
  });

  it('has the words of the licences that ask for it', () => {
    const inter = packages.find(({ name }) => name === '@fontsource-variable/inter');
    expect(texts[inter!.text!]).toContain('SIL OPEN FONT LICENSE');
    for (const { text: index } of packages) if (index !== null) expect(texts[index]).toMatch(/licen[sc]e|copyright/i);
  });

  it('nothing in it is under a licence that would bind what is built from it', () => {
    for (const { licence } of packages) expect(licence ?? '').not.toMatch(/GPL/);
  });
});

it('a package is looked for beside the one that needs it first, then further out, and circles end', () => {
  const lock: LockFile = {
    packages: {
      '': { version: '0' },
      'node_modules/a': { version: '1', dependencies: { b: '1', c: '1' } },
      'node_modules/a/node_modules/b': { version: '1', dependencies: { c: '1', '@types/d': '1' } },
      'node_modules/b': { version: '2' },
      'node_modules/c': { version: '1', peerDependencies: { a: '1', absent: '1' } },
      'node_modules/@types/d': { version: '1' },
      'node_modules/unused': { version: '1' },
    },
  };
  expect([...closure(lock, ['a'])].sort()).toEqual([
    'node_modules/a',
    'node_modules/a/node_modules/b',
    'node_modules/c',
  ]);
});
