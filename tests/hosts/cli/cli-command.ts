// How the command line is started in tests: from the sources, under the Node that runs the tests.
import { fileURLToPath } from 'node:url';
import { nodeOptions } from '../../../bin/supported-node.mjs';

const main = fileURLToPath(new URL('../../../src-main/hosts/cli/main.ts', import.meta.url));

const options = nodeOptions({ version: process.versions.node, arch: process.arch });
export const cliCommand: readonly [string, ...string[]] = [process.execPath, ...options, main];

/** Neither a terminal nor a build machine, and no colours. */
export const cliEnvironment = { ...process.env, CI: undefined, NO_COLOR: '1', FORCE_COLOR: undefined };
