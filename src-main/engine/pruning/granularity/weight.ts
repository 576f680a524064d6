// Single weights, anywhere: the finest cut, and the one that only sparse runtimes turn into speed.
import { criteria } from '../criteria/registry.ts';
import { outputLayers, prunableKernels } from '../units.ts';
import { CriterionGranularityError, type Granularity } from './granularity.ts';

export const weight: Granularity = {
  id: 'weight',
  name: 'Weights',
  explanation: 'Single connections are cut wherever they matter least.',
  score: ({ network, parameters, masks, criterion, statistics, random }) => {
    const { scoreWeights } = criterion;
    if (scoreWeights === undefined) {
      const suitable = criteria.all.filter((entry) => entry.scoreWeights !== undefined).map((entry) => entry.id);
      throw new CriterionGranularityError(criterion.id, 'weight', suitable);
    }
    const outputs = outputLayers(network);
    return prunableKernels(network).map(({ name, shape, layer }) => {
      const kernel = parameters[name]!;
      const mask = masks[name];
      const scores = scoreWeights({ kernel, shape, mask, inputs: statistics?.inputs[layer] ?? null, random });
      if (mask !== undefined) for (let i = 0; i < scores.length; i++) if (mask[i] === 0) scores[i] = -Infinity;
      // An output layer with fewer weights than outputs could not tell its actions apart.
      const minimum = outputs.has(layer) ? shape.at(-1)! : 1;
      return { name, size: kernel.length, shape, minimum, scores };
    });
  },
  masksFor: (_network, kept) => Object.fromEntries(kept.map(({ name, keep }) => [name, keep])),
};
