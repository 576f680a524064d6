// What a removed unit contributed on average goes into the biases of the layers that read it.
import type { PolicyModel } from '../../networks/model.ts';
import { cloneParameters, type Masks } from '../../networks/parameters.ts';
import { biasName, kernelName } from '../../networks/shapes.ts';
import type { ActivationStatistics } from '../activation-statistics.ts';
import { unitGroups } from '../units.ts';

/**
 * b' = b + Σ_u W_out,u · E[h_u] over the units u that the masks remove: the best constant stand-in for a unit, in mean
 * square. To be called before the masks are applied.
 */
export function balanceBiases(model: PolicyModel, masks: Masks, statistics: ActivationStatistics): PolicyModel {
  const parameters = cloneParameters(model.parameters);
  for (const group of unitGroups(model.description.network)) {
    const kept = masks[biasName(group.layer)];
    if (kept === undefined) continue;
    const { mean } = statistics.outputs[group.layer]!;
    for (const consumer of group.consumers) {
      const kernel = model.parameters[kernelName(consumer.layer)]!;
      const bias = parameters[biasName(consumer.layer)]!;
      for (let i = 0; i < kernel.length; i++) {
        const unit = Math.floor(i / consumer.units);
        if (kept[unit] === 0) bias[i % consumer.units]! += kernel[i]! * mean[unit]!;
      }
    }
  }
  return { ...model, parameters };
}
