// Whole hidden neurons of dense layers: surgery removes them, so file and latency shrink in any runtime.
import { biasName, kernelName } from '../../networks/shapes.ts';
import { criteria } from '../criteria/registry.ts';
import { unitGroups } from '../units.ts';
import { CriterionGranularityError, type Granularity } from './granularity.ts';

export const neuron: Granularity = {
  id: 'neuron',
  name: 'Neurons',
  explanation: 'Whole hidden neurons are removed with all their connections: smaller and faster everywhere.',
  score: ({ network, parameters, masks, criterion, statistics, random }) => {
    const { scoreUnits } = criterion;
    if (scoreUnits === undefined) {
      const suitable = criteria.all.filter((entry) => entry.scoreUnits !== undefined).map((entry) => entry.id);
      throw new CriterionGranularityError(criterion.id, 'neuron', suitable);
    }
    return unitGroups(network).map((group) => {
      const scores = scoreUnits({ group, parameters, outputs: statistics?.outputs[group.layer] ?? null, random });
      const pruned = (unit: number): boolean => masks[biasName(group.layer)]?.[unit] === 0;
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
