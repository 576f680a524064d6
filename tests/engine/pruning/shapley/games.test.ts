// A coalition's value is that of the masked network, whatever way it is computed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cartPole } from '../../../../src-main/engine/environments/cart-pole.ts';
import { pendulum } from '../../../../src-main/engine/environments/pendulum.ts';
import { instantiateModel } from '../../../../src-main/engine/evaluation/measure-model.ts';
import { modelPolicy } from '../../../../src-main/engine/evaluation/policy.ts';
import { runEpisodes } from '../../../../src-main/engine/evaluation/run-episodes.ts';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import { applyMasks } from '../../../../src-main/engine/networks/parameters.ts';
import { policyOnly } from '../../../../src-main/engine/networks/select-head.ts';
import { decisionsOf } from '../../../../src-main/engine/pruning/decisions.ts';
import { maskingOf } from '../masking-of.ts';
import { agreementGame } from '../../../../src-main/engine/pruning/shapley/agreement-game.ts';
import type { LayerGame } from '../../../../src-main/engine/pruning/shapley/game.ts';
import { returnGame } from '../../../../src-main/engine/pruning/shapley/return-game.ts';
import { shapleyOfUnits } from '../../../../src-main/engine/pruning/shapley/shapley-of-units.ts';
import { unitGroups } from '../../../../src-main/engine/pruning/units.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import { recordingContext } from '../../../recording-context.ts';
import { referenceForward } from '../../../reference-network.ts';
import { testBackend } from '../../../test-backend.ts';
import { sampleModel } from '../../networks/sample-models.ts';

const backend = testBackend;

/** The model with only the given units of a layer. */
function only(model: PolicyModel, layer: string, present: readonly number[]): PolicyModel {
  const { network } = model.description;
  const group = unitGroups(network).find((candidate) => candidate.layer === layer)!;
  const keep = Uint8Array.from({ length: group.units }, (_, unit) => Number(present.includes(unit)));
  return { ...model, masks: maskingOf('neuron').masksFor(network, [{ name: layer, keep }]) };
}

function rowOf(model: PolicyModel, observation: readonly number[]): number[] {
  const { network, policy, actionSpace } = model.description;
  const parameters = applyMasks(model.parameters, model.masks);
  const row = referenceForward({ network, parameters, observation });
  const size = actionSpace.kind === 'discrete' ? actionSpace.n : actionSpace.low.length;
  const first = network.heads[0]!.name === policy.head || network.combine === 'dueling';
  return first ? row.slice(0, size) : row.slice(-size);
}
const greedy = (row: readonly number[]): number => row.indexOf(Math.max(...row));

/** Every coalition of the players once, in situation after situation. */
function playAll(game: LayerGame): { members: number[]; situation: number; value: number }[] {
  const plays = Array.from({ length: 2 ** game.players }, (_, bits) => ({
    members: Array.from({ length: game.players }, (__, u) => u).filter((u) => ((bits >> u) & 1) === 1),
    situation: bits % game.situations,
  }));
  return plays.map(({ members, situation }, i) => {
    // In batches of different sizes, so that rows are told apart.
    const rows = plays.slice(Math.max(0, i - (i % 5)), i + 1);
    const coalitions = Uint8Array.from(
      rows.flatMap((row) => Array.from({ length: game.players }, (_, u) => Number(row.members.includes(u)))),
    );
    const values = game.values(
      coalitions,
      Int32Array.from(rows, (row) => row.situation),
    );
    return { members, situation, value: values.at(-1)! };
  });
}

const outline = fc.record({
  inputs: fc.constant(4),
  hidden: fc.constantFrom([4], [4, 3], [3, 4, 2]),
  actions: fc.integer({ min: 2, max: 4 }),
  kind: fc.constantFrom('q' as const, 'dueling' as const, 'actor-critic' as const, 'shared' as const),
  activation: fc.constantFrom('relu' as const, 'tanh' as const, 'sigmoid' as const),
  seed: fc.nat({ max: 1000 }),
});

it('agreement: the states in which the masked network decides like the dense one, layer by layer', () => {
  fc.assert(
    fc.property(outline, (drawn) => {
      const model = sampleModel(drawn);
      const observations = Float32Array.from({ length: 20 }, (_, i) => Math.sin(drawn.seed + i * 7));
      const states = Array.from({ length: 5 }, (_, s) => Array.from(observations.subarray(s * 4, s * 4 + 4)));
      const decisions = decisionsOf({ model, backend, observations });
      const deciding = unitGroups(model.description.network).filter(({ layer }) => !layer.startsWith('value/'));
      expect(deciding.length).toBeGreaterThan(0);
      for (const { layer, units } of deciding) {
        const players = Array.from({ length: units }, (_, unit) => unit);
        const game = agreementGame({ model, layer, players, backend, observations, decisions });
        for (const { members, situation, value } of playAll(game)) {
          const answer = greedy(rowOf(only(model, layer, members), states[situation]!));
          expect(value).toBe(answer === greedy(rowOf(model, states[situation]!)) ? 1 : 0);
        }
        game.dispose();
      }
    }),
    { numRuns: 40 },
  );
});

const sample = policyOnly(sampleModel({ inputs: 3, hidden: [4], actions: 1, kind: 'shared', activation: 'tanh' }));
const continuous: PolicyModel = {
  ...sample,
  description: {
    ...sample.description,
    policy: { kind: 'mean', head: 'policy', logStd: [0] },
    actionSpace: pendulum.actionSpace,
  },
};

it('agreement of continuous actions: one less the difference of the clipped actions over their range', () => {
  const model = { ...continuous, parameters: { ...continuous.parameters, 'policy/out/bias': Float32Array.of(1.9) } };
  const observations = Float32Array.of(1, 0, 3, -1, 0.2, -4, 0, 1, 0);
  const decisions = decisionsOf({ model, backend, observations });
  const clip = (y: number): number => Math.min(2, Math.max(-2, y));
  const game = agreementGame({ model, layer: 'hidden_0', players: [0, 1, 2, 3], backend, observations, decisions });
  for (const { members, situation, value } of playAll(game)) {
    const state = Array.from(observations.subarray(situation * 3, situation * 3 + 3));
    const difference = clip(rowOf(only(model, 'hidden_0', members), state)[0]!) - clip(rowOf(model, state)[0]!);
    expect(value).toBeCloseTo(1 - Math.abs(difference) / 4, 5);
  }
});

describe('return: the share of the dense return in the same episode', () => {
  it.each([
    {
      environment: cartPole,
      model: sampleModel({ inputs: 4, hidden: [3, 4], actions: 2, seed: 8 }),
      layer: 'hidden_0',
    },
    { environment: pendulum, model: continuous, layer: 'hidden_0' },
  ])('$environment.id', ({ environment, model, layer }) => {
    const units = unitGroups(model.description.network).find((group) => group.layer === layer)!.units;
    const players = Array.from({ length: units }, (_, unit) => unit);
    const seeds = [11, 12, 13];
    const game = returnGame({ model, dense: model, layer, players, environment, seeds, backend });
    const returnOf = (played: PolicyModel, seed: number): number => {
      const instance = instantiateModel(backend, played);
      return runEpisodes({ environment, policy: modelPolicy(instance, played.description), seeds: [seed] }).returns[0]!;
    };
    const { worstReturn: worst } = environment;
    for (const { members, situation, value } of playAll(game)) {
      const seed = seeds[situation]!;
      const share = (returnOf(only(model, layer, members), seed) - worst) / (returnOf(model, seed) - worst);
      expect(value).toBeCloseTo(Math.min(1, Math.max(0, share)), 4);
    }
  });
});

describe('of a whole network', () => {
  const model = sampleModel({ inputs: 4, hidden: [6, 5], actions: 3, kind: 'dueling', activation: 'tanh', seed: 3 });
  const observations = Float32Array.from({ length: 400 }, (_, i) => 3 * Math.sin(i * i * 7));
  const decisions = decisionsOf({ model, backend, observations });
  const input = {
    game: (layer: string, players: readonly number[]): LayerGame =>
      agreementGame({ model, layer, players, backend, observations, decisions }),
    idle: () => false,
    keepShare: null,
    random: new Random(1),
    context: recordingContext(),
  };

  it('every layer’s values add up to its total; a stream that does not decide contributes nothing', async () => {
    const all = await shapleyOfUnits({ ...input, model });
    expect(Object.keys(all)).toEqual(unitGroups(model.description.network).map(({ layer }) => layer));
    for (const [layer, { values, total }] of Object.entries(all)) {
      expect(values.reduce((sum, v) => sum + v, 0)).toBeCloseTo(total, 5);
      expect(total > 0).toBe(layer !== 'value/hidden');
    }
    expect(all['value/hidden']!.values).toEqual(new Float32Array(3));
  });

  it('units that are pruned or idle get nothing, and the others share without them', async () => {
    const masked = only(model, 'hidden_0', [1, 2, 4, 5]);
    const game = (layer: string, players: readonly number[]): LayerGame =>
      agreementGame({ model: masked, layer, players, backend, observations, decisions });
    const players: (readonly number[])[] = [];
    const { hidden_0: values } = await shapleyOfUnits({
      ...input,
      model: masked,
      game: (layer, taking) => {
        if (layer === 'hidden_0') players.push(taking);
        return game(layer, taking);
      },
      idle: (layer, unit) => layer === 'hidden_0' && unit === 4,
    });
    expect(players).toEqual([[1, 2, 5]]);
    expect([0, 3, 4].map((unit) => values!.values[unit])).toEqual([0, 0, 0]);
  });

  it('what is too large to enumerate is sampled, within its intervals and its budget', async () => {
    const exact = await shapleyOfUnits({ ...input, model });
    const sampled = await shapleyOfUnits({ ...input, model, budget: 2e6 });
    expect(exact.hidden_0!.halfWidths).toEqual(new Float32Array(6));
    expect(Math.min(...sampled.hidden_0!.halfWidths)).toBeGreaterThan(0);
    for (const layer of Object.keys(exact)) {
      exact[layer]!.values.forEach((value, unit) => {
        const { values, halfWidths } = sampled[layer]!;
        expect(Math.abs(values[unit]! - value)).toBeLessThanOrEqual(halfWidths[unit]! + 1e-6);
      });
    }
  });
});
