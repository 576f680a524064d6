// package-lock.json as far as licences need it: which package a name leads to from another one.

export interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export interface LockFile {
  /** By folder: "node_modules/a/node_modules/b". "" is the project itself. */
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** "node_modules/a/node_modules/@b/c" → "@b/c" */
export function nameOf(folder: string): string {
  return folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** As Node looks for it: beside the package that asks, then further out. Null where it is not installed. */
function find(lock: LockFile, from: string, name: string): string | null {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const folder = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (folder in lock.packages) return folder;
    if (at === '') return null;
  }
}

/** These packages and all that they need, as folders. Types are not code, and what only TypeScript reads is not shipped. */
export function closure(lock: LockFile, names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = names.flatMap((name) => find(lock, '', name) ?? []);
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (found.has(folder) || nameOf(folder).startsWith('@types/')) continue;
    found.add(folder);
    const { dependencies = {}, peerDependencies = {} } = lock.packages[folder]!;
    for (const name of [...Object.keys(dependencies), ...Object.keys(peerDependencies)]) {
      const needed = find(lock, folder, name);
      if (needed !== null) waiting.push(needed);
    }
  }
  return found;
}
