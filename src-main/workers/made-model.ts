import type { MadeModel } from '../contract/job.ts';
import { writeModel } from '../engine/formats/safetensors/model-file.ts';
import { countNetwork } from '../engine/networks/counting.ts';
import type { PolicyModel } from '../engine/networks/model.ts';

/** A model ready to be handed to the host. */
export function madeModel(model: PolicyModel): MadeModel {
  return {
    bytes: writeModel(model),
    description: model.description,
    count: countNetwork(model.description.network, model.parameters, model.masks),
  };
}
