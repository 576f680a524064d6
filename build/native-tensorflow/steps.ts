// The steps of the setup. Each leaves its result in the unfinished folder or throws with the line that says why not.
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { addonOf, compilerArguments, npmArguments, pipArguments, wheelOf } from './commands.ts';
import type { Machine } from './prerequisites.ts';
import type { CommandResult, RunCommand } from './run-command.ts';
import { StepFailedError } from './setup-errors.ts';

export interface SetUpOptions {
  /** The folder that is made, in the project's: packages that both need are the project's. */
  readonly folder: string;
  readonly cuda: boolean;
  readonly machine: Machine;
  /** Programs: the Node that runs Secateur, a Python, a C++ compiler, and npm with its first arguments. */
  readonly node: string;
  readonly python: string;
  readonly compiler: string;
  readonly npm: readonly [string, ...string[]];
  readonly run: RunCommand;
  readonly say: (line: string) => void;
  /** Whether pip may draw its progress. */
  readonly terminal: boolean;
}

/** Both Node's own archives and the packages of `optionalDependencies` have bin/ and include/ side by side. */
export const headersOf = (node: string): string => resolve(dirname(node), '../include/node');

/** @returns the folder of the Python package. @throws StepFailedError */
export async function installWheel(options: SetUpOptions, folder: string): Promise<string> {
  const { run, python, machine, cuda, terminal, say } = options;
  const environment = join(folder, 'python');
  const environmentPython = join(environment, 'bin', 'python');
  say('1/3 a virtual environment of Python');
  demand(await run(python, ['-m', 'venv', environment]), `${python} makes no virtual environment`, 'Install its venv.');
  say(`2/3 ${wheelOf({ ...machine, cuda })} with pip, ${cuda ? 'about 3 GB' : 'about 280 MB'} to download`);
  demand(
    await run(environmentPython, pipArguments({ ...machine, cuda }), { show: terminal }),
    'pip does not install TensorFlow',
    'It takes a connection to a Python package index, and a version of Python that TensorFlow has wheels for.',
  );
  const asked = await run(environmentPython, ['-c', 'import sysconfig; print(sysconfig.get_path("platlib"))']);
  return join(asked.stdout.trim(), 'tensorflow');
}

/**
 * @param shared packages of the project: those among them are taken from there, as two of tfjs-core in a process quarrel.
 * @throws StepFailedError
 */
export async function installTfjsNode(
  { run, npm: [npm, ...npmFirst], say }: SetUpOptions,
  { folder, version, shared }: { folder: string; version: string; shared: Readonly<Record<string, string>> },
): Promise<void> {
  say(`3/3 @tensorflow/tfjs-node ${version} with npm, and its addon with the compiler`);
  demand(
    await run(npm, [...npmFirst, ...npmArguments({ folder, version })]),
    'npm does not install @tensorflow/tfjs-node',
    'It takes a connection to an npm registry.',
  );
  for (const name of Object.keys(shared).filter((name) => name.startsWith('@tensorflow/'))) {
    rmSync(join(folder, 'node_modules', name), { recursive: true, force: true });
  }
}

/** @throws StepFailedError */
export async function compileAddon(
  { run, compiler, node }: SetUpOptions,
  { tfjsNode, tensorflow }: { tfjsNode: string; tensorflow: string },
): Promise<void> {
  mkdirSync(dirname(addonOf(tfjsNode)), { recursive: true });
  demand(
    await run(compiler, compilerArguments({ tfjsNode, tensorflow, nodeHeaders: headersOf(node) })),
    'the addon does not compile',
    'It takes a compiler of C++17, such as g++ 9 or newer.',
  );
}

const triedSchema = z.object({ version: z.string(), device: z.enum(['CPU', 'GPU']) });
type Tried = z.infer<typeof triedSchema> | { readonly problem: string };

const tryOutScript = fileURLToPath(new URL('try-out.ts', import.meta.url));

/** Loads what lies in the folder and computes with it, in a fresh process. */
export async function tryOut({ run, node }: SetUpOptions, folder: string): Promise<Tried> {
  const result = await run(node, ['--disable-warning=ExperimentalWarning', tryOutScript, folder]);
  if (result.code !== 0) return { problem: essenceOf(result) };
  return triedSchema.parse(JSON.parse(result.stdout));
}

/** @throws StepFailedError unless the program succeeded */
function demand(result: CommandResult, problem: string, hint: string): void {
  if (result.code !== 0) throw new StepFailedError(`${problem}: ${essenceOf(result)}`, hint);
}

/** The line that says what went wrong: the last that names an error, else the last. */
function essenceOf({ code, stdout, stderr }: CommandResult): string {
  const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.trim());
  const said = lines.filter((line) => line !== '');
  const errors = said.filter((line) => /error/i.test(line));
  const [last = `exit code ${code}`] = (errors.length > 0 ? errors : said).reverse();
  return last;
}
