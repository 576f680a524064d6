// Whole hidden neurons of dense layers: surgery removes them, so file and latency shrink in any runtime.
import { biasName, kernelName } from '../../networks/shapes.ts';
import { unitGroups } from '../units.ts';
import { checkScorable, type Granularity } from './granularity.ts';

export const neuron: Granularity = {
  id: 'neuron',
  name: 'Neurons',
  explanation: 'Whole hidden neurons are removed with all their connections: smaller and faster everywhere.',
  ranks: 'units',
  score: (input) => {
    checkScorable(input, neuron);
    const { network, parameters, masks, criterion, data, random } = input;
    return unitGroups(network).map((group) => {
      const mask = masks[biasName(group.layer)];
      const samples = data.decisions;
      const scores = criterion.scoreUnits!({
        group,
        parameters,
        mask,
        outputs: data.activations?.outputs[group.layer] ?? null,
        decisions: samples && { outputs: samples.outputs[group.layer]!, labels: samples.labels },
        gradients: data.gradients?.units[group.layer] ?? null,
        agreement: data.agreement?.[group.layer] ?? null,
        return: data.return?.[group.layer] ?? null,
        random,
      });
      const pruned = (unit: number): boolean => mask?.[unit] === 0;
      // Layers differ in scale; only relative to the mean of what is left of its layer can a unit be compared with
      // another layer's.
      const left = scores.filter((_, unit) => !pruned(unit));
      const mean = left.reduce((sum, score) => sum + score, 0) / left.length;
      scores.forEach((score, unit) => {
        scores[unit] = pruned(unit) ? -Infinity : mean > 0 ? score / mean : score;
      });
      return { name: group.layer, size: group.units, shape: [group.inputs, group.units], minimum: 1, scores };
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
