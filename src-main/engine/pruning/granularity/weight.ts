// Single weights, anywhere: the finest cut, and the one that only sparse runtimes turn into speed.
import { kernelName } from '../../networks/shapes.ts';
import type { AllocationLayer } from '../allocation/allocation.ts';
import { outputLayers, prunableKernels } from '../units.ts';
import { checkScorable, type MaskingGranularity, type ScoreInput } from './granularity.ts';

/** Every kernel with the score of each of its entries, −Infinity where already pruned; for what `checkScorable` passed. */
export function scoreKernels(input: ScoreInput): AllocationLayer[] {
  const { network, parameters, masks, criterion, data, random } = input;
  const outputs = outputLayers(network);
  return prunableKernels(network).map(({ name, shape, layer }) => {
    const kernel = parameters[name]!;
    const mask = masks[name];
    const inputs = data.activations?.inputs[layer] ?? null;
    const gradients = data.gradients?.weights[name] ?? null;
    const movement = data.movement?.[name] ?? null;
    const scores = criterion.scoreWeights!({ kernel, shape, mask, inputs, gradients, movement, random });
    if (mask !== undefined) for (let i = 0; i < scores.length; i++) if (mask[i] === 0) scores[i] = -Infinity;
    // An output layer with fewer weights than outputs could not tell its actions apart.
    const minimum = outputs.has(layer) ? shape.at(-1)! : 1;
    return { name, size: kernel.length, shape, minimum, scores };
  });
}

export const weight: MaskingGranularity = {
  id: 'weight',
  name: 'Weights',
  explanation: 'Single connections are cut wherever they matter least.',
  ranks: 'weights',
  skips: () => [],
  saliency: (input) => {
    checkScorable(input, weight);
    return scoreKernels(input).map(({ name, shape, scores }) => ({
      layer: name.slice(0, -kernelName('').length),
      shape,
      scores,
      estimate: null,
    }));
  },
  score: (input) => {
    checkScorable(input, weight);
    return scoreKernels(input);
  },
  masksFor: (_network, kept) => Object.fromEntries(kept.map(({ name, keep }) => [name, keep])),
};
