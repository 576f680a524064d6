// The game on visited states: a coalition is worth as much as it decides like the dense policy.
import type { PolicyModel } from '../../networks/model.ts';
import { placeNetwork } from '../../networks/shapes.ts';
import type { Backend } from '../../numerics/backend.ts';
import type { Decisions } from '../decisions.ts';
import type { LayerGame } from './game.ts';
import { GatedNetwork } from './gated-network.ts';

/** Rows at a time; every one of them is a state with a coalition of its own. */
const BATCH = 256;
/** A thousand states tell agreement to a few per cent of a unit's share; more only cost memory. */
const STATES = 1024;

/**
 * How much a row of outputs decides like the dense policy in that state, in [0, 1]: 1 where the greedy action is the
 * same, else 0; of continuous actions 1 less the mean difference of the components, in units of their ranges.
 */
function agreementOf(decisions: Decisions, state: number, outputs: Float32Array): number {
  switch (decisions.kind) {
    case 'discrete': {
      let best = 0;
      for (let a = 1; a < outputs.length; a++) if (outputs[a]! > outputs[best]!) best = a;
      return best === decisions.actions[state] ? 1 : 0;
    }
    case 'continuous': {
      const { actions, space } = decisions;
      const dimensions = space.low.length;
      return space.low.reduce((agreement, low, d) => {
        const high = space.high[d]!;
        const action = Math.min(high, Math.max(low, outputs[d]!));
        const difference = Math.abs(action - actions[state * dimensions + d]!);
        return agreement - difference / ((high - low) * dimensions);
      }, 1);
    }
  }
}

/**
 * @param layer one of the acting chain whose units are the players
 * @param players indices of the units that take part
 * @param observations [states, inputSize]; at most 1024 of them, evenly spaced, are the situations
 * @param decisions the dense policy's in all of them
 */
export function agreementGame(input: {
  readonly model: PolicyModel;
  readonly layer: string;
  readonly players: readonly number[];
  readonly backend: Backend;
  readonly observations: Float32Array;
  readonly decisions: Decisions;
}): LayerGame {
  const { model, players, observations, decisions } = input;
  const { inputSize } = placeNetwork(model.description.network);
  const visited = observations.length / inputSize;
  const situations = Math.min(STATES, visited);
  const stateOf = (situation: number): number => Math.floor((situation * visited) / situations);
  const gated = new GatedNetwork({ ...input, maxBatch: BATCH });
  const { width, outputs } = gated;
  const values = new Float32Array(situations * width);
  for (let from = 0; from < situations; from += BATCH) {
    const rows = Math.min(BATCH, situations - from);
    const batch = new Float32Array(rows * inputSize);
    for (let row = 0; row < rows; row++) {
      const state = stateOf(from + row);
      batch.set(observations.subarray(state * inputSize, (state + 1) * inputSize), row * inputSize);
    }
    values.set(gated.read(batch, rows), from * width);
  }
  return {
    players: players.length,
    situations,
    batch: BATCH,
    cost: gated.cost.answer,
    values: (coalitions, drawn) => {
      const answers = gated.answer(values, (row) => drawn[row]! * width, coalitions, drawn.length);
      return Float64Array.from(drawn, (situation, row) =>
        agreementOf(decisions, stateOf(situation), answers.subarray(row * outputs, (row + 1) * outputs)),
      );
    },
    dispose: () => {
      gated.dispose();
    },
  };
}
