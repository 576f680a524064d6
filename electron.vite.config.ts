// Builds the application: out/main (with the workers beside it), out/preload, out/renderer.
// Everything is CommonJS (an Electron sandbox loads no other preload) with its dependencies inside, apart from those that
// carry binaries. Files lie exactly two folders deep, as in src-main/<room>/, so that a resource has one relative address.
import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { withCoreJs } from './build/core-js.ts';
import { svgcanvasFonts } from './build/svgcanvas-fonts.ts';

/** SECATEUR_TARGET=node16 builds for the oldest runtime that window tests use: Electron 22, which is Chromium 108. */
const target = process.env.SECATEUR_TARGET;
if (target !== undefined && target !== 'node16') {
  throw new Error(`SECATEUR_TARGET is "${target}"; it may be "node16" or unset.`);
}
const nodeTarget = target === undefined ? {} : { target };
const oldPage = target === undefined ? [] : [withCoreJs('src-renderer/main.ts')];
const chromeTarget = target === undefined ? {} : { target: 'chrome108' };

const output = {
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name]-[hash].cjs',
  // `import()` as `require`: Electron looks up only that in an application's archive, in all its versions.
  dynamicImportInCjs: false,
} as const;
const external = [/^(electron|better-sqlite3|onnxruntime-node)$/, /^@tensorflow\//];

export default defineConfig({
  main: {
    build: {
      ...nodeTarget,
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          main: resolve('src-main/hosts/electron/main.ts'),
          job: resolve('src-main/workers/job.ts'),
          'episode-thread-entry': resolve('src-main/workers/episode-threads/episode-thread-entry.ts'),
          'environment-thread-entry': resolve('src-main/workers/environment-threads/environment-thread-entry.ts'),
        },
        external,
        output,
      },
    },
  },
  preload: {
    build: {
      ...nodeTarget,
      externalizeDeps: false,
      rolldownOptions: { input: { index: resolve('src-main/preload/index.ts') }, output },
    },
  },
  renderer: {
    root: resolve('src-renderer'),
    plugins: [svelte({ configFile: false }), svgcanvasFonts(), ...oldPage],
    // Everything is a file: the page's policy allows no data: fonts.
    build: {
      ...chromeTarget,
      minify: true,
      assetsInlineLimit: 0,
      rolldownOptions: { input: resolve('src-renderer/index.html') },
    },
  },
});
