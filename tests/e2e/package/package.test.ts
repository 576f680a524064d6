// What is handed to people: packaged as `npm run package` does it, up to the installers, and run from its archive.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { exportRecipe } from '../../contract/recipes.ts';
import { temporaryFolder } from '../../store/temporary-folder.ts';
import { call, endOf, openWindow, prepareRuntime } from '../window/open-window.ts';

const project = fileURLToPath(new URL('../../../', import.meta.url));
const configuration = readFileSync(join(project, 'build/electron-builder.yml'), 'utf8');

/** Marks where the fuses of an Electron binary are: version, number, and a character for each. */
const FUSES = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** In the order of the wire. */
const EXPECTED_FUSES = [
  ['runAsNode', '0'],
  ['enableCookieEncryption', '1'],
  ['enableNodeOptionsEnvironmentVariable', '0'],
  ['enableNodeCliInspectArguments', '0'],
  ['enableEmbeddedAsarIntegrityValidation', '1'],
  ['onlyLoadAppFromAsar', '1'],
  ['loadBrowserProcessSpecificV8Snapshot', '0'],
  ['grantFileProtocolExtraPrivileges', '0'],
] as const;

function fusesOf(program: string): string {
  const bytes = readFileSync(program);
  const at = bytes.indexOf(FUSES) + FUSES.length;
  return bytes.toString('latin1', at + 2, at + 2 + bytes[at + 1]!);
}

it('every file that the configuration names is there', () => {
  const named = [...configuration.matchAll(/(?:build|resources)\/[\w./-]*\w/g)].map(([path]) => path);
  expect(named).toEqual(
    expect.arrayContaining(['build/icons', 'build/icons/512x512.png', 'build/icons/1024x1024.png']),
  );
  expect(named.filter((path) => !existsSync(join(project, path)))).toEqual([]);
});

it.skipIf(process.platform !== 'linux')(
  'the packaged application has its fuses set, and runs from its archive with all that it needs',
  { timeout: 300_000 },
  async (context) => {
    const { folder, target } = await prepareRuntime(context);
    const output = temporaryFolder();
    const config = join(output, 'electron-builder.yml');
    // Older runtimes have one fuse less.
    writeFileSync(config, target === undefined ? configuration : configuration.replace(/ *grantFile.*\n/, ''));
    const options = [`-c.electronDist=${folder}`, `-c.directories.output=${output}`];
    await promisify(execFile)(
      process.execPath,
      ['build/pinned-node.mjs', 'electron-builder', '--linux', 'dir', '--config', config, ...options],
      { cwd: project },
    );
    const packaged = join(output, 'linux-unpacked');
    const unpacked = join(packaged, 'resources/app.asar.unpacked');

    const fuses = fusesOf(join(packaged, 'secateur'));
    expect(fuses.length).toBeGreaterThanOrEqual(target === undefined ? 8 : 7);
    for (const [index, [name, state]] of EXPECTED_FUSES.entries()) {
      if (index < fuses.length) expect(fuses[index], name).toBe(state);
    }
    expect(existsSync(join(unpacked, `node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`))).toBe(true);
    expect(existsSync(join(unpacked, 'node_modules/better-sqlite3/prebuilds/win32-x64.node'))).toBe(false);
    expect(existsSync(join(unpacked, 'node_modules/onnxruntime-node/bin/napi-v6/darwin'))).toBe(false);

    const { page } = await openWindow(context, { application: join(packaged, 'resources/app.asar') });
    expect(page.url()).toBe('app://secateur/');
    const { model } = await call(page, 'models.import-sample', null);
    for (const backend of ['kernels', 'wasm']) {
      expect(await call(page, 'application.probe-backend', { backend })).toMatchObject({ id: backend, loads: true });
    }
    // Checked in ONNX Runtime and TensorFlow.js, which come from the archive as well.
    const recipe = exportRecipe({ kind: 'model', id: model.id }, join(output, 'export'));
    const run = await endOf(page, await call(page, 'runs.start', { recipe }));
    expect(run.problem).toBeNull();
    expect(existsSync(join(output, 'export/policy.onnx'))).toBe(true);
  },
);
