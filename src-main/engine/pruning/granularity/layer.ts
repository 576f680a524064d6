// Whole hidden layers: what is left is shallower. No mask can say that, so they go by surgery at once (`removeLayers`).
import { hiddenLayers } from '../hidden-layers.ts';
import { checkRemovable } from '../remove-layers.ts';
import { checkScorable, skippedOutputs, type RemovingGranularity } from './granularity.ts';

export const layer: RemovingGranularity = {
  id: 'layer',
  name: 'Hidden layers',
  explanation:
    'A whole hidden layer gives way to the affine map nearest to it in the visited states, which the next layer takes in: ' +
    'W′ = A·W. An amount is a share of the hidden layers; one of them stays.',
  ranks: 'layers',
  skips: (model) => [
    ...hiddenLayers(model).flatMap(({ group, obstacle }) =>
      obstacle === null ? [] : [{ layer: group.layer, reason: obstacle }],
    ),
    ...skippedOutputs(model.network),
  ],
  saliency: (input) => {
    checkScorable(input, layer);
    const losses = input.data.bypass!;
    checkRemovable(input);
    const removable = hiddenLayers(input).filter(({ obstacle }) => obstacle === null);
    return removable.map(({ group }) => ({
      layer: group.layer,
      shape: group.kernelShape,
      scores: Float32Array.of(input.criterion.scoreLayer!({ loss: losses[group.layer]! })),
      estimate: null,
    }));
  },
};
