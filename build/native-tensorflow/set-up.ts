// Builds tfjs-node against the TensorFlow of a Python wheel, in a folder that takes its name only when all of it works.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { packageIn } from '../../src-main/workers/load-tensorflow.ts';
import { wheelOf } from './commands.ts';
import {
  checkCompiler,
  checkDriver,
  checkHeaders,
  checkPlatform,
  checkPython,
  checkSpace,
  checkWritable,
} from './prerequisites.ts';
import { StepFailedError } from './setup-errors.ts';
import { compileAddon, headersOf, installTfjsNode, installWheel, tryOut, type SetUpOptions } from './steps.ts';

const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()),
  peerDependencies: z.object({ '@tensorflow/tfjs-node': z.string() }),
});

/** @returns what was set up: "tfjs-node 4.22.0 (TensorFlow 2.21.0, CPU)". @throws MissingPrerequisiteError, StepFailedError */
export async function setUpTensorflow(options: SetUpOptions): Promise<string> {
  const { folder, cuda, machine, say } = options;
  checkPlatform(machine, cuda);
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(dirname(folder), 'package.json'), 'utf8')));
  const tfjsNodeVersion = manifest.peerDependencies['@tensorflow/tfjs-node'];
  const label = JSON.stringify({ wheel: wheelOf({ ...machine, cuda }), tfjsNode: tfjsNodeVersion });

  const labelFile = join(folder, 'setup.json');
  if (existsSync(labelFile) && readFileSync(labelFile, 'utf8') === label) {
    const tried = await tryOut(options, folder);
    if ('version' in tried) return tried.version;
    say(`what is there does not load any more, and is built again: ${tried.problem}`);
  }

  await checkPrerequisites(options);
  removeUnfinished(folder);
  const unfinished = `${folder}.${process.pid}`;
  try {
    mkdirSync(unfinished);
    const tensorflow = await installWheel(options, unfinished);
    await installTfjsNode(options, { folder: unfinished, version: tfjsNodeVersion, shared: manifest.dependencies });
    await compileAddon(options, { tfjsNode: packageIn(unfinished), tensorflow });
    const tried = await tryOut(options, unfinished);
    if ('problem' in tried) {
      throw new StepFailedError(
        `what was built does not compute: ${tried.problem}`,
        'Versions of TensorFlow may differ from those that were tried; please report it.',
      );
    }
    if (cuda && tried.device !== 'GPU') {
      throw new StepFailedError(
        `${tried.version} does not use the GPU`,
        'Its driver may be too old for this CUDA: see `nvidia-smi`.',
      );
    }
    writeFileSync(join(unfinished, 'setup.json'), label);
    if (existsSync(folder)) renameSync(folder, join(unfinished, 'replaced'));
    renameSync(unfinished, folder);
    rmSync(join(folder, 'replaced'), { recursive: true, force: true });
    return tried.version;
  } finally {
    rmSync(unfinished, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function checkPrerequisites({ run, python, compiler, node, folder, cuda }: SetUpOptions): Promise<void> {
  await checkPython(run, python);
  await checkCompiler(run, compiler);
  checkHeaders(headersOf(node));
  if (cuda) await checkDriver(run);
  const parent = dirname(folder);
  checkWritable(parent);
  const { bavail, bsize } = statfsSync(parent);
  checkSpace({ folder: parent, freeBytes: bavail * bsize, cuda });
}

/** Deletes what runs left that were killed; this process may have the id of one. */
function removeUnfinished(folder: string): void {
  const prefix = `${basename(folder)}.`;
  for (const name of readdirSync(dirname(folder))) {
    const pid = Number(name.startsWith(prefix) ? name.slice(prefix.length) : NaN);
    if (!Number.isInteger(pid) || (pid !== process.pid && isRunning(pid))) continue;
    rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
