// Builds the application into out/: `--if-stale` only where that is needed, and quietly.
import { existsSync, mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applicationFolder, applicationStamp, isApplicationStale } from '../bin/application.mjs';

const ROOMS = ['main', 'preload', 'renderer'];

/** Beside what is there, which is replaced once the new one is whole: somebody may be running it. */
async function buildApplication(logLevel: 'info' | 'warn'): Promise<void> {
  const { build } = await import('electron-vite'); // slow to load, and a fresh application does without it
  process.chdir(fileURLToPath(new URL('..', import.meta.url))); // the configuration's paths are relative
  const started = new Date();
  const unfinished = new URL(`.unfinished-${process.pid}/`, applicationFolder);
  const replaced = new URL(`.replaced-${process.pid}/`, applicationFolder);
  try {
    await build({ logLevel, build: { outDir: fileURLToPath(unfinished) } });
    mkdirSync(replaced, { recursive: true });
    for (const room of ROOMS) replace(new URL(room, unfinished), new URL(room, applicationFolder), replaced);
    const stamp = new URL('built.json', unfinished);
    writeFileSync(stamp, JSON.stringify({ target: process.env.SECATEUR_TARGET ?? null }));
    utimesSync(stamp, started, started); // a source saved in the meantime is newer
    renameSync(stamp, applicationStamp);
  } finally {
    for (const folder of [unfinished, replaced]) rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts the folder `from` in the place of `to`, which is moved into `aside`; another build may be doing the same. */
function replace(from: URL, to: URL, aside: URL): void {
  for (let attempt = 0; ; attempt++) {
    try {
      if (existsSync(to)) renameSync(to, new URL(`${String(attempt)}-${basename(to.pathname)}`, aside));
      renameSync(from, to);
      return;
    } catch (error) {
      const raced = ['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '');
      if (!raced || attempt === 9) throw error;
    }
  }
}

if (!process.argv.includes('--if-stale')) await buildApplication('info');
else if (isApplicationStale()) {
  process.stderr.write('building the application, which takes a few seconds\n');
  await buildApplication('warn');
}
