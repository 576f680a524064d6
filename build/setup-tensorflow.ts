// `npm run setup:tensorflow [-- --cuda]`: native TensorFlow for the backend `tensorflow`, from a Python wheel and tfjs-node.
// Ends with 6 where the machine lacks something, as the command line does.
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { SecateurError } from '../src-main/contract/secateur-error.ts';
import { setupFolder } from '../src-main/workers/load-tensorflow.ts';
import { commandRunner } from './native-tensorflow/run-command.ts';
import { setUpTensorflow } from './native-tensorflow/set-up.ts';

const BAD_INPUT_EXIT_CODE = 2;
const ENVIRONMENT_EXIT_CODE = 6;
const INTERRUPTED_EXIT_CODE = 130;

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupt.abort();
  });
}

/** Whether TensorFlow is to compute on a GPU. */
function parseCuda(): boolean {
  try {
    return parseArgs({ options: { cuda: { type: 'boolean', default: false } } }).values.cuda;
  } catch (error) {
    console.error(`setup:tensorflow: ${(error as Error).message}. It takes --cuda or nothing.`);
    process.exit(BAD_INPUT_EXIT_CODE);
  }
}

/** npm tells the scripts that it runs where it is itself. */
function npmCommand(): [string, ...string[]] {
  const npm = process.env.npm_execpath;
  return npm !== undefined && basename(npm) === 'npm-cli.js' ? [process.execPath, npm] : ['npm'];
}

const say = (line: string): void => {
  console.log(`setup:tensorflow: ${line}`);
};
try {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  const version = await setUpTensorflow({
    folder: setupFolder,
    cuda: parseCuda(),
    machine: { platform: process.platform, arch: process.arch, glibc: header.glibcVersionRuntime !== undefined },
    node: process.execPath,
    python: process.env.PYTHON ?? 'python3',
    compiler: process.env.CXX ?? 'g++',
    npm: npmCommand(),
    run: commandRunner(interrupt.signal),
    say,
    terminal: process.stdout.isTTY,
  });
  say(`the backend "tensorflow" is ${version}, Node ${process.versions.node}`);
} catch (error) {
  if (interrupt.signal.aborted) {
    process.exitCode = INTERRUPTED_EXIT_CODE;
  } else if (error instanceof SecateurError) {
    console.error(`setup:tensorflow: ${error.message}. ${error.hint}`);
    process.exitCode = ENVIRONMENT_EXIT_CODE;
  } else throw error;
}
