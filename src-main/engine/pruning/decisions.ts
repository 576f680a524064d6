// What a policy decides in every state: what criteria relate weights and units to.
import type { BoxSpace } from '../../contract/environment.ts';
import { policySlice } from '../evaluation/policy.ts';
import type { PolicyModel } from '../networks/model.ts';
import { placeNetwork } from '../networks/shapes.ts';
import type { Backend } from '../numerics/backend.ts';
import { meanActionGap } from './recovery/distill/distillation-loss.ts';
import { runOverStates } from './run-over-states.ts';

export type Decisions =
  | {
      readonly kind: 'discrete';
      /** The greedy action of every state, the lowest of equals. */
      readonly actions: Int32Array;
      /** Mean gap between the two largest outputs: what one unit of output means. */
      readonly gap: number;
    }
  | {
      readonly kind: 'continuous';
      /** The mean action of every state, clipped to the space, [states, dimensions]. */
      readonly actions: Float32Array;
      readonly space: BoxSpace;
    };

function greedyActions(outputs: Float32Array, size: number): Int32Array {
  return Int32Array.from({ length: outputs.length / size }, (_, state) => {
    const row = outputs.subarray(state * size, (state + 1) * size);
    return row.indexOf(row.reduce((largest, value) => Math.max(largest, value), -Infinity));
  });
}

/**
 * @param observations [states, inputSize]
 * @throws PolicyHeadError
 */
export function decisionsOf(input: {
  readonly model: PolicyModel;
  readonly backend: Backend;
  readonly observations: Float32Array;
}): Decisions {
  const { description } = input.model;
  const { offset, size, rowSize } = policySlice(description);
  const states = input.observations.length / placeNetwork(description.network).inputSize;
  const outputs = new Float32Array(states * size);
  runOverStates({
    ...input,
    visit: ({ outputs: rows, from, rows: count }) => {
      for (let row = 0; row < count; row++) {
        const start = row * rowSize + offset;
        outputs.set(rows.subarray(start, start + size), (from + row) * size);
      }
    },
  });
  const space = description.actionSpace;
  if (space.kind === 'discrete') {
    return { kind: 'discrete', actions: greedyActions(outputs, size), gap: meanActionGap(outputs, size) };
  }
  const clipped = outputs.map((value, i) => Math.min(space.high[i % size]!, Math.max(space.low[i % size]!, value)));
  return { kind: 'continuous', actions: clipped, space };
}
