// How other software runs the files: programs that can be copied as they are.
import type { Snippet } from '../../../contract/api/exports.ts';
import type { Model } from '../../../contract/entity.ts';
import type { ExportCheck } from '../../../contract/job.ts';
import type { ModelDescription } from '../../../contract/model.ts';
import type { Block, Section, Text } from '../document.ts';
import { formatCount } from '../numbers.ts';

/** What ONNX and TensorFlow.js files call their output; tests hold it against what the writers say. */
export function outputNameOf({ algorithm, policy }: ModelDescription): string {
  if (policy.kind === 'mean') return 'action_mean';
  return algorithm === 'dqn' ? 'q_values' : 'action_logits';
}

/** A quoted string of Python and JavaScript alike. */
const quoted = (text: string): string => JSON.stringify(text);

/** The bounds of actions as a literal of both languages: one number where all are alike; infinite ones are 1.8e308. */
function bounds(values: readonly number[]): string {
  return values.every((value) => value === values[0]) ? String(values[0] ?? 0) : `[${values.join(', ')}]`;
}

function pythonAction({ actionSpace }: ModelDescription, output: string): string {
  if (actionSpace.kind === 'discrete') return `action = int(${output}[0].argmax())`;
  return `action = np.clip(${output}[0], ${bounds(actionSpace.low)}, ${bounds(actionSpace.high)})`;
}

function javascriptAction({ actionSpace }: ModelDescription, values: string): string {
  if (actionSpace.kind === 'discrete') return `const action = ${values}.indexOf(Math.max(...${values}));`;
  const at = (limits: readonly number[]): string =>
    limits.every((limit) => limit === limits[0]) ? bounds(limits) : `${bounds(limits)}[i]`;
  const clipped = `Math.min(${at(actionSpace.high)}, Math.max(${at(actionSpace.low)}, value))`;
  return `const action = Array.from(${values}, (value${clipped.includes('[i]') ? ', i' : ''}) => ${clipped});`;
}

function onnxBlocks(file: string, description: ModelDescription): Block[] {
  const output = outputNameOf(description);
  const { shape } = description.network.input;
  const size = shape.reduce((product, length) => product * length, 1);
  return [
    { kind: 'heading', text: 'ONNX Runtime, Python' },
    {
      kind: 'code',
      language: 'python',
      code: [
        'import numpy as np',
        'import onnxruntime as ort',
        '',
        `session = ort.InferenceSession(${quoted(file)})`,
        `observation = np.zeros((1, ${shape.join(', ')}), dtype=np.float32)  # as the environment gives it`,
        `(${output},) = session.run([${quoted(output)}], {"observation": observation})`,
        pythonAction(description, output),
      ].join('\n'),
    },
    { kind: 'heading', text: 'ONNX Runtime, JavaScript' },
    {
      kind: 'code',
      language: 'javascript',
      code: [
        'import * as ort from "onnxruntime-web"; // or "onnxruntime-node"',
        '',
        `const session = await ort.InferenceSession.create(${quoted(file)});`,
        `const observation = new ort.Tensor("float32", new Float32Array(${size}), [1, ${shape.join(', ')}]);`,
        `const { ${output} } = await session.run({ observation });`,
        javascriptAction(description, `${output}.data`),
      ].join('\n'),
    },
  ];
}

function tfjsBlocks(file: string, description: ModelDescription): Block[] {
  const { shape } = description.network.input;
  const output = outputNameOf(description);
  return [
    { kind: 'heading', text: 'TensorFlow.js' },
    {
      kind: 'code',
      language: 'javascript',
      code: [
        'import * as tf from "@tensorflow/tfjs";',
        '',
        `const model = await tf.loadLayersModel(${quoted(file)}); // the address that it is served at`,
        `const observation = tf.zeros([1, ${shape.join(', ')}]); // as the environment gives it`,
        `const ${output} = await model.predict(observation).data();`,
        javascriptAction(description, output),
      ].join('\n'),
    },
  ];
}

function safetensorsBlocks(file: string): Block[] {
  return [
    { kind: 'heading', text: 'safetensors, Python' },
    {
      kind: 'code',
      language: 'python',
      code: [
        'import json',
        'from safetensors import safe_open',
        '',
        `with safe_open(${quoted(file)}, framework="numpy") as tensors:`,
        '    description = json.loads(tensors.metadata()["secateur"])',
        '    weights = {name: tensors.get_tensor(name) for name in tensors.keys()}',
      ].join('\n'),
    },
    {
      kind: 'paragraph',
      text: [
        'This file holds numbers, not a program: kernels are [inputs, units] for dense layers and [height, width, channels, ' +
          'filters] for convolutions, and who runs them has to scale and normalise observations first, as ',
        { code: 'description["network"]["input"]' },
        ' says.',
      ],
    },
  ];
}

function blocksOf(check: ExportCheck, description: ModelDescription): Block[] {
  const file = (ending: string): string => check.files.find(({ name }) => name.endsWith(ending))?.name ?? '';
  switch (check.format) {
    case 'onnx':
      return onnxBlocks(file('.onnx'), description);
    case 'tfjs':
      return tfjsBlocks(file('.json'), description);
    case 'safetensors':
      return safetensorsBlocks(file('.safetensors'));
    default:
      return [];
  }
}

const MEANINGS: Readonly<Record<string, string>> = {
  q_values: 'one value per action, of which the largest is the action to take',
  action_logits: 'one number per action, of which the largest is the action to take',
  action_mean: 'the action itself, before it is clipped to what the environment allows',
};

/** The programs alone, with what they are for. */
export function snippetsOf({ description }: Model, checks: readonly ExportCheck[]): Snippet[] {
  return checks.flatMap((check) => {
    let title = check.format;
    return blocksOf(check, description).flatMap((block) => {
      if (block.kind === 'heading') title = block.text;
      return block.kind === 'code' ? [{ format: check.format, title, language: block.language, code: block.code }] : [];
    });
  });
}

function interfaceText({ network, ...description }: ModelDescription): Text {
  const output = outputNameOf({ network, ...description });
  const prepared =
    network.input.normalizer !== undefined
      ? 'the normalisation that the agent was trained with is inside of the file'
      : network.input.scale !== 1
        ? 'their scaling is inside of the file'
        : 'nothing has to be done to them first';
  const shape = network.input.shape.map(formatCount).join(', ');
  return [
    `ONNX and TensorFlow.js files read observations as 32-bit floats of shape [batch, ${shape}], raw, as the environment ` +
      `gives them: ${prepared}. They answer with ${MEANINGS[output]!}. In ONNX the input is called `,
    { code: 'observation' },
    ' and the output ',
    { code: output },
    '.',
  ];
}

export function loadingSection({ description }: Model, checks: readonly ExportCheck[]): Section {
  return {
    title: 'How to load them',
    blocks: [
      { kind: 'paragraph', text: interfaceText(description) },
      ...checks.flatMap((check) => blocksOf(check, description)),
    ],
  };
}
