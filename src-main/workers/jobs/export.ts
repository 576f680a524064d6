// Export: write every format, open each file with the software it is for, and compare the answers.
import type { ExportCheck, JobRequest, JobResult, NamedFile } from '../../contract/job.ts';
import type { ExportFormat } from '../../contract/recipe.ts';
import { SecateurError } from '../../contract/secateur-error.ts';
import { instantiateModel } from '../../engine/evaluation/measure-model.ts';
import { readModel } from '../../engine/formats/safetensors/model-file.ts';
import { writers } from '../../engine/formats/writers.ts';
import { policyOnly } from '../../engine/networks/select-head.ts';
import { placeNetwork } from '../../engine/networks/shapes.ts';
import type { Backend } from '../../engine/numerics/backend.ts';
import { compact } from '../../engine/pruning/surgery/compact.ts';
import { Random } from '../../engine/random/random.ts';
import type { RunContext } from '../../engine/run-context.ts';
import type { OpenedExport, OpenExport } from '../export-checks/answer.ts';
import { compareAnswers } from '../export-checks/compare-answers.ts';
import { openOnnx } from '../export-checks/onnx.ts';
import { openSafetensors } from '../export-checks/safetensors.ts';
import { checkStates } from '../export-checks/states.ts';
import { openTfjs } from '../export-checks/tfjs.ts';

const STATES = 10_000;
/** Outputs may differ by this much, relative to outputs larger than one: other software rounds otherwise. */
const TOLERANCE = 1e-4;
const TIMED_CALLS = 2000;
const WARM_UP_CALLS = 200;

/** A file that does not answer as the model does. */
export class ExportMismatchError extends SecateurError {
  readonly kind = 'internal';

  constructor(check: ExportCheck) {
    super(
      `${check.format}, read by ${check.reader}, differs by ${check.largestDifference.toExponential(2)} (allowed ${TOLERANCE}) with ${check.differentActions} other actions on ${check.states} states`,
      'Nothing was exported. This is a bug in Secateur; please report it with the model.',
    );
  }
}

/** Median time of one inference, calls one after the other. */
async function medianMicroseconds(
  opened: OpenedExport,
  observation: Float32Array,
  now: () => number,
): Promise<number | null> {
  if (opened.infer === null) return null;
  const times: number[] = [];
  for (let call = 0; call < WARM_UP_CALLS + TIMED_CALLS; call++) {
    const start = now();
    await opened.infer(observation);
    if (call >= WARM_UP_CALLS) times.push(1000 * (now() - start));
  }
  return times.sort((a, b) => a - b)[TIMED_CALLS / 2]!;
}

/** @throws ExportMismatchError */
export async function exportJob(
  request: Extract<JobRequest, { kind: 'export' }>,
  backend: Backend,
  context: RunContext,
): Promise<JobResult> {
  const { recipe } = request;
  const model = compact(policyOnly(readModel(request.model)));
  const random = new Random(recipe.seed);
  const { network, actionSpace } = model.description;
  const { inputSize, outputSize } = placeNetwork(network);
  const states = checkStates({ model, environment: recipe.environment, count: STATES, backend, random });
  const instance = instantiateModel(backend, model, STATES);
  const expected = instance.forward(states, STATES).slice(0, STATES * outputSize);
  instance.dispose();

  const open: Readonly<Record<ExportFormat, OpenExport>> = {
    onnx: openOnnx,
    tfjs: openTfjs,
    safetensors: openSafetensors(backend),
  };
  const files: NamedFile[] = [];
  const checks: ExportCheck[] = [];
  for (const [done, format] of recipe.export.formats.entries()) {
    const writer = writers.get(format);
    context.progress({
      stage: `exporting ${writer.label}`,
      done,
      total: recipe.export.formats.length,
      unit: 'formats',
    });
    const written = writer.write(model, { generator: 'Secateur' });
    const opened = await open[format]({ files: written, shape: network.input.shape });
    const actual = await opened.answer(states, STATES);
    const compared = compareAnswers({
      expected,
      actual,
      outputs: outputSize,
      tolerance: TOLERANCE,
      discrete: actionSpace.kind === 'discrete',
    });
    const check: ExportCheck = {
      format,
      files: written.map(({ name, bytes }) => ({ name, bytes: bytes.byteLength })),
      reader: opened.reader,
      states: STATES,
      ...compared,
      medianMicroseconds: await medianMicroseconds(opened, states.slice(0, inputSize), () => context.now()),
    };
    await opened.close();
    if (!(check.largestDifference <= TOLERANCE) || check.differentActions > 0) throw new ExportMismatchError(check);
    files.push(...written);
    checks.push(check);
  }
  return { kind: 'export', files, checks };
}
