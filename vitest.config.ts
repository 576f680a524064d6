import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { nodeOptions } from './bin/supported-node.mjs';

export default defineConfig({
  // State classes of the page are Svelte modules.
  plugins: [svelte({ configFile: false })],
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/e2e/build-application.ts'],
    setupFiles: ['tests/deterministic-properties.ts'],
    pool: 'forks',
    // Optimised from the first call on: tests are too short for V8 to get there, and it is what long runs compute with.
    execArgv: [...nodeOptions({ version: process.versions.node, arch: process.arch }), '--no-liftoff'],
    // As bin/start-node.mjs has it: processes that tests start load in a third of the time.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/secateur', import.meta.url)) },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
