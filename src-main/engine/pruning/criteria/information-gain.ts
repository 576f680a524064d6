import { equalFrequencyBins } from '../equal-frequency-bins.ts';
import type { Criterion } from './criterion.ts';

/** Of a unit's output: fine enough for a threshold anywhere, coarse enough for a few thousand states. */
const BINS = 10;

/** H of a distribution given as counts, in nats. */
function entropy(counts: Iterable<number>): number {
  const present = [...counts].filter((count) => count > 0);
  const total = present.reduce((sum, count) => sum + count, 0);
  return present.reduce((sum, count) => sum - (count / total) * Math.log(count / total), 0);
}

function countsOf(labels: Iterable<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** H(A) − Σ_b p(b) H(A|b) in nats, from one label a and one bin b per state; zero where they are independent. */
function mutualInformation(labels: Int32Array, bins: Int32Array): number {
  const conditional = [...countsOf(bins)].reduce((sum, [bin, states]) => {
    const inBin = labels.filter((_, state) => bins[state] === bin);
    return sum + (states / bins.length) * entropy(countsOf(inBin).values());
  }, 0);
  return entropy(countsOf(labels).values()) - conditional;
}

/** The mutual information of a unit and the decision, by the plug-in estimate; over the dimensions of an action summed. */
export const informationGain: Criterion = {
  id: 'information-gain',
  name: 'Information gain',
  explanation:
    'How much knowing what a unit puts out tells of the action; it ranks the units of one layer, so allocate uniformly.',
  formula: 'H(A) − Σ_b p(b)·H(A|b), b the bin of h',
  needs: 'decisions',
  scoreUnits: ({ group, decisions }) => {
    const { outputs, labels } = decisions!;
    const states = outputs.length / group.units;
    return Float32Array.from({ length: group.units }, (_, unit) => {
      const ofUnit = Float32Array.from({ length: states }, (__, state) => outputs[state * group.units + unit]!);
      const bins = equalFrequencyBins(ofUnit, BINS);
      return labels.reduce((gain, actions) => gain + mutualInformation(actions, bins), 0);
    });
  },
};
