// What every unit puts out and what the policy decides, in the same states.
import type { PolicyModel } from '../networks/model.ts';
import { placeNetwork } from '../networks/shapes.ts';
import type { Backend } from '../numerics/backend.ts';
import type { Decisions } from './decisions.ts';
import { equalFrequencyBins } from './equal-frequency-bins.ts';
import { runOverStates } from './run-over-states.ts';
import { unitGroups } from './units.ts';

export interface DecisionSamples {
  /** Per action dimension a label per state, [states]: the greedy action, or the bin of a continuous one. */
  readonly labels: readonly Int32Array[];
  /** By layer, of those whose units may be removed: the unit's outputs, of a channel its mean, [states, units]. */
  readonly outputs: Readonly<Record<string, Float32Array>>;
}

/** Of a continuous action: as coarse as a discrete one. */
const ACTION_BINS = 5;

function labelsOf(decisions: Decisions): Int32Array[] {
  switch (decisions.kind) {
    case 'discrete':
      return [decisions.actions];
    case 'continuous': {
      const { actions, space } = decisions;
      const dimensions = space.low.length;
      return space.low.map((_, d) =>
        equalFrequencyBins(
          actions.filter((__, i) => i % dimensions === d),
          ACTION_BINS,
        ),
      );
    }
  }
}

/**
 * @param observations [states, inputSize]
 * @param decisions the dense policy's in the same states
 */
export function decisionSamples(input: {
  readonly model: PolicyModel;
  readonly backend: Backend;
  readonly observations: Float32Array;
  readonly decisions: Decisions;
}): DecisionSamples {
  const { model, observations, decisions } = input;
  const { network } = model.description;
  const states = observations.length / placeNetwork(network).inputSize;
  const groups = unitGroups(network);
  const outputs = Object.fromEntries(groups.map(({ layer, units }) => [layer, new Float32Array(states * units)]));
  runOverStates({
    ...input,
    visit: ({ instance, from, rows }) => {
      for (const { layer, units } of groups) {
        const values = instance.activations(layer);
        const positions = values.length / (rows * units);
        const target = outputs[layer]!;
        for (let i = 0; i < values.length; i++) {
          const row = Math.floor(i / (positions * units));
          target[(from + row) * units + (i % units)]! += values[i]! / positions;
        }
      }
    },
  });
  return { labels: labelsOf(decisions), outputs };
}
