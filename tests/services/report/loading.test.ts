// The programs in a report are run, not read.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ModelDescription } from '../../../src-main/contract/model.ts';
import { exportedPolicy } from '../../../src-main/engine/formats/exported-policy.ts';
import { writeOnnx } from '../../../src-main/engine/formats/onnx/write.ts';
import { parameterShapes, sizeOf } from '../../../src-main/engine/networks/shapes.ts';
import { outputNameOf } from '../../../src-main/services/report/content/loading.ts';
import { renderReport } from '../../../src-main/services/report/render-report.ts';
import { SAMPLE_CHECKS, sampleInput, sampleModel, sampleReport } from './sample-report.ts';

/** The programs name the package; a folder of temporary files has to be told where it is. */
const RUNTIME = pathToFileURL(createRequire(import.meta.url).resolve('onnxruntime-node')).href;

const discrete = sampleModel(sampleReport()).description;
const continuous: ModelDescription = {
  ...discrete,
  algorithm: 'ppo',
  policy: { kind: 'mean', head: 'q', logStd: [0, 0] },
  actionSpace: { kind: 'box', shape: [2], low: [-2, -1], high: [0.25, 1] },
};

/** Outputs are the last biases: every weight is zero. */
function modelOf(description: ModelDescription, outputs: readonly number[]): Parameters<typeof writeOnnx>[0] {
  const parameters = Object.fromEntries(
    Object.entries(parameterShapes(description.network)).map(([name, shape]) => [
      name,
      new Float32Array(sizeOf(shape)),
    ]),
  );
  parameters['q/output/bias'] = Float32Array.from(outputs);
  return { description, parameters, masks: {} };
}

/** Runs the JavaScript of a report on a real file. */
async function actionOf(description: ModelDescription, outputs: readonly number[]): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  try {
    const name = join(folder, 'policy.onnx');
    writeFileSync(name, writeOnnx(modelOf(description, outputs), {}));
    const model = sampleModel(sampleReport(), { description });
    const checks = [{ ...SAMPLE_CHECKS[0]!, files: [{ name, bytes: 1 }] }];
    const { markdown } = renderReport(sampleInput({ model, checks }));
    const program = /```javascript\nimport [^\n]*\n(.*?)\n```/s.exec(markdown)![1]!;
    const file = join(folder, 'program.mjs');
    writeFileSync(file, `import ort from ${JSON.stringify(RUNTIME)};\n${program}\nexport default action;\n`);
    const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { default: unknown };
    return module.default;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('how to load the files', () => {
  it('takes the best action', async () => {
    expect(await actionOf(discrete, [-1, 3])).toBe(1);
    expect(await actionOf(discrete, [2, -3])).toBe(0);
  });

  it('clips continuous actions to their bounds', async () => {
    expect(await actionOf(continuous, [-1.5, -7])).toEqual([-1.5, -1]);
    expect(await actionOf(continuous, [0.5, 0.75])).toEqual([0.25, 0.75]);
  });

  it.each([
    ['DQN', discrete],
    ['PPO, discrete', { ...discrete, algorithm: 'ppo' }],
    ['PPO, continuous', continuous],
  ] as const)('calls the output of %s as the writers do', (_, description) => {
    expect(outputNameOf(description)).toBe(exportedPolicy(modelOf(description, [0, 0])).outputName);
  });

  it('says that the normalisation is inside', () => {
    const input = {
      shape: [4],
      scale: 1,
      normalizer: { mean: [0, 0, 0, 0], variance: [1, 1, 1, 1], epsilon: 1e-8, clip: 10 },
    };
    const description = { ...discrete, network: { ...discrete.network, input } };
    const { markdown } = renderReport(sampleInput({ model: sampleModel(sampleReport(), { description }) }));
    expect(markdown).toContain('the normalisation that the agent was trained with is inside of the file');
  });
});
