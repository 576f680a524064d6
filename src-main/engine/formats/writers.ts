// The file formats that Secateur writes; a new one is one folder and one line here.
import type { NamedFile } from '../../contract/job.ts';
import type { PolicyModel } from '../networks/model.ts';
import { applyMasks } from '../networks/parameters.ts';
import { policyOnly } from '../networks/select-head.ts';
import { Registry } from '../registry.ts';
import type { Provenance } from './exported-policy.ts';
import { writeOnnx } from './onnx/write.ts';
import { writeModel } from './safetensors/model-file.ts';
import { TFJS_MODEL, TFJS_WEIGHTS, writeTfjs } from './tfjs/write.ts';

export interface ModelWriter {
  readonly id: string;
  readonly label: string;
  /** What it is for. */
  readonly description: string;
  /** Names are relative to the export's folder. Critic, target network and optimizer are left out. */
  readonly write: (model: PolicyModel, provenance: Provenance) => NamedFile[];
}

export const writers = new Registry<ModelWriter>('export format', [
  {
    id: 'onnx',
    label: 'ONNX',
    description: 'ONNX Runtime on servers, phones and in browsers, from Python, C++, C#, Java and JavaScript',
    write: (model, provenance) => [{ name: 'policy.onnx', bytes: writeOnnx(model, provenance) }],
  },
  {
    id: 'tfjs',
    label: 'TensorFlow.js layers model',
    description: 'TensorFlow.js in browsers and Node',
    write: (model, provenance) => {
      const { json, weights } = writeTfjs(model, provenance);
      return [
        { name: `tfjs/${TFJS_MODEL}`, bytes: json },
        { name: `tfjs/${TFJS_WEIGHTS}`, bytes: weights },
      ];
    },
  },
  {
    id: 'safetensors',
    label: 'safetensors',
    description: 'the weights by name for any framework, and the model file that Secateur itself opens',
    write: (model, provenance) => {
      const acting = policyOnly(model);
      const parameters = applyMasks(acting.parameters, acting.masks);
      return [{ name: 'policy.safetensors', bytes: writeModel({ ...acting, parameters }, provenance) }];
    },
  },
]);
