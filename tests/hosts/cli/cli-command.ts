// How the command line is started in tests: from the sources, under the Node that runs the tests.
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../src-main/hosts/cli/main.ts', import.meta.url));

export const cliCommand = [process.execPath, '--disable-warning=ExperimentalWarning', main] as const;

/** Neither a terminal nor a build machine, and no colours. */
export const cliEnvironment = { ...process.env, CI: undefined, NO_COLOR: '1', FORCE_COLOR: undefined };
