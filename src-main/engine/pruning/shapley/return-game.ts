// The game on episodes: a coalition is worth the share of the dense policy's return that it earns.
import type { ActionSpace } from '../../../contract/environment.ts';
import { keptShare } from '../../../contract/kept-share.ts';
import type { Action, EnvironmentDefinition } from '../../environments/environment.ts';
import { VectorEnvironment } from '../../environments/vector-environment.ts';
import { instantiateModel } from '../../evaluation/measure-model.ts';
import { modelPolicy } from '../../evaluation/policy.ts';
import { runEpisodes } from '../../evaluation/run-episodes.ts';
import type { PolicyModel } from '../../networks/model.ts';
import type { Backend } from '../../numerics/backend.ts';
import type { LayerGame } from './game.ts';
import { GatedNetwork } from './gated-network.ts';

/** Episodes side by side, each with a coalition of its own. */
const BATCH = 64;
/** What a step of a world costs, in multiply-accumulates: small beside most networks. */
const STEP_COST = 2000;

function actionOf(space: ActionSpace, outputs: Float32Array): Action {
  switch (space.kind) {
    case 'discrete': {
      let best = 0;
      for (let a = 1; a < outputs.length; a++) if (outputs[a]! > outputs[best]!) best = a;
      return best;
    }
    case 'box':
      return outputs.map((value, d) => Math.min(space.high[d]!, Math.max(space.low[d]!, value)));
  }
}

/**
 * The value of a coalition in an episode: the share of what the dense policy returns in the same episode, above the
 * worst possible return, cut off at 0 and 1.
 * @param layer one of the acting chain whose units are the players
 * @param players indices of the units that take part
 * @param seeds of training episodes: the situations
 */
export function returnGame(input: {
  readonly model: PolicyModel;
  readonly dense: PolicyModel;
  readonly layer: string;
  readonly players: readonly number[];
  readonly environment: EnvironmentDefinition;
  readonly seeds: readonly number[];
  readonly backend: Backend;
}): LayerGame {
  const { dense, environment, seeds, backend } = input;
  const players = input.players.length;
  const gated = new GatedNetwork({ ...input, maxBatch: BATCH });
  const instance = instantiateModel(backend, dense);
  const best = runEpisodes({ environment, policy: modelPolicy(instance, dense.description), seeds }).returns;
  instance.dispose();
  const vector = new VectorEnvironment(environment, BATCH);
  const { observationSize: size } = vector;
  const actions = new Array<Action>(BATCH).fill(0);
  const packed = new Float32Array(BATCH * size);

  /** One step of all running episodes. @returns how many were running */
  const step = (coalitions: Uint8Array, rows: number, returns: Float64Array): number => {
    const running = Array.from({ length: rows }, (_, row) => row).filter((row) => vector.active[row] === 1);
    if (running.length === 0) return 0;
    const acting = new Uint8Array(running.length * players);
    running.forEach((row, i) => {
      packed.set(vector.observations.subarray(row * size, (row + 1) * size), i * size);
      acting.set(coalitions.subarray(row * players, (row + 1) * players), i * players);
    });
    const values = gated.read(packed.subarray(0, running.length * size), running.length);
    const outputs = gated.answer(values, (i) => i * gated.width, acting, running.length);
    running.forEach((row, i) => {
      const { outputs: count } = gated;
      actions[row] = actionOf(environment.actionSpace, outputs.subarray(i * count, (i + 1) * count));
    });
    vector.step(actions);
    for (const row of running) returns[row]! += vector.rewards[row]!;
    return running.length;
  };

  return {
    players,
    situations: seeds.length,
    batch: BATCH,
    cost: environment.maxEpisodeSteps * (gated.cost.read + gated.cost.answer + STEP_COST),
    values: (coalitions, situations) => {
      const returns = new Float64Array(situations.length);
      vector.active.fill(0);
      situations.forEach((situation, row) => {
        vector.reset(row, seeds[situation]!);
      });
      while (step(coalitions, situations.length, returns) > 0);
      return returns.map((pruned, row) => {
        const share = keptShare({ dense: best[situations[row]!]!, pruned, worst: environment.worstReturn });
        return Math.min(1, Math.max(0, share));
      });
    },
    dispose: () => {
      gated.dispose();
      vector.dispose();
    },
  };
}
