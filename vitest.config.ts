import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // State classes of the page are Svelte modules.
  plugins: [svelte({ configFile: false })],
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/deterministic-properties.ts'],
    pool: 'forks',
    // As bin/start-node.mjs has it: processes that tests start load in a third of the time.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/secateur', import.meta.url)) },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
