// Whole hidden neurons of dense layers: surgery removes them, so file and latency shrink in any runtime.
import { biasName, kernelName } from '../../networks/shapes.ts';
import { unitGroups, type UnitGroup } from '../units.ts';
import { checkScorable, type Granularity, type LayerScores, type ScoreInput } from './granularity.ts';

/** The scores of every group's units as the criterion gives them; for what `checkScorable` passed. */
function scoreGroups(input: ScoreInput): (LayerScores & { readonly group: UnitGroup })[] {
  const { network, parameters, masks, criterion, data, random } = input;
  return unitGroups(network).map((group) => {
    const { layer, inputs, units } = group;
    const mask = masks[biasName(layer)];
    const samples = data.decisions;
    const seen = {
      group,
      parameters,
      mask,
      outputs: data.activations?.outputs[layer] ?? null,
      decisions: samples && { outputs: samples.outputs[layer]!, labels: samples.labels },
      gradients: data.gradients?.units[layer] ?? null,
      agreement: data.agreement?.[layer] ?? null,
      return: data.return?.[layer] ?? null,
      random,
    };
    const scores = criterion.scoreUnits!(seen).map((score, unit) => (mask?.[unit] === 0 ? -Infinity : score));
    return { group, layer, shape: [inputs, units], scores, estimate: criterion.estimates?.(seen) ?? null };
  });
}

export const neuron: Granularity = {
  id: 'neuron',
  name: 'Neurons',
  explanation: 'Whole hidden neurons are removed with all their connections: smaller and faster everywhere.',
  ranks: 'units',
  saliency: (input) => {
    checkScorable(input, neuron);
    return scoreGroups(input);
  },
  score: (input) => {
    checkScorable(input, neuron);
    return scoreGroups(input).map(({ group, shape, scores }) => {
      // Layers differ in scale; only relative to the mean of what is left of its layer can a unit be compared with
      // another layer's.
      const left = scores.filter((score) => score !== -Infinity);
      const mean = left.reduce((sum, score) => sum + score, 0) / left.length;
      const relative = scores.map((score) => (mean > 0 ? score / mean : score));
      return { name: group.layer, size: group.units, shape, minimum: 1, scores: relative };
    });
  },
  masksFor: (network, kept) => {
    const keepOf = new Map(kept.map(({ name, keep }) => [name, keep]));
    const masks: Record<string, Uint8Array> = {};
    const maskOf = (name: string, size: number): Uint8Array => (masks[name] ??= new Uint8Array(size).fill(1));
    for (const group of unitGroups(network)) {
      const keep = keepOf.get(group.layer);
      if (keep === undefined) continue;
      maskOf(biasName(group.layer), group.units).set(keep);
      const incoming = maskOf(kernelName(group.layer), group.inputs * group.units);
      for (let i = 0; i < incoming.length; i++) incoming[i]! &= keep[i % group.units]!;
      for (const consumer of group.consumers) {
        const outgoing = maskOf(kernelName(consumer.layer), group.units * consumer.units);
        for (let i = 0; i < outgoing.length; i++) outgoing[i]! &= keep[Math.floor(i / consumer.units)]!;
      }
    }
    return masks;
  },
};
