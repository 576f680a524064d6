import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { applyMasks } from '../../../src-main/engine/networks/parameters.ts';
import { decisionsOf } from '../../../src-main/engine/pruning/decisions.ts';
import { gradientStatistics } from '../../../src-main/engine/pruning/gradient-statistics.ts';
import { unitGroups } from '../../../src-main/engine/pruning/units.ts';
import { referenceForward, type ReferenceParameters } from '../../reference-network.ts';
import { testBackend } from '../../test-backend.ts';
import { expectClose } from '../numerics/expect-close.ts';
import { sampleModel } from '../networks/sample-models.ts';

type Statistics = ReturnType<typeof gradientStatistics>;

const INPUTS = 3;
const BOUND = 0.4;

/** The policy's outputs of one observation, wherever its head stands. */
function answer(model: PolicyModel, parameters: ReferenceParameters, observation: readonly number[]): number[] {
  const { network, policy, actionSpace } = model.description;
  const row = referenceForward({ network, parameters, observation });
  const actions = actionSpace.kind === 'discrete' ? actionSpace.n : actionSpace.low.length;
  return network.combine !== 'dueling' && network.heads[0]!.name !== policy.head
    ? row.slice(-actions)
    : row.slice(0, actions);
}

/** The loss by its definition, as a function of the parameters, one per state. */
function lossesOf(model: PolicyModel, states: number[][]): (parameters: ReferenceParameters) => number[] {
  const { actionSpace } = model.description;
  const dense = states.map((state) => answer(model, model.parameters, state));
  const gaps = dense.map((row) => {
    const sorted = [...row].sort((a, b) => b - a);
    return sorted[0]! - (sorted[1] ?? sorted[0]!);
  });
  const gap = gaps.reduce((sum, value) => sum + value, 0) / gaps.length || 1;
  return (parameters) =>
    states.map((state, s) => {
      const outputs = answer(model, parameters, state);
      if (actionSpace.kind === 'box')
        return outputs.reduce((sum, y) => sum + Math.max(-BOUND, Math.min(BOUND, y)) / BOUND, 0);
      const chosen = dense[s]!.indexOf(Math.max(...dense[s]!));
      return Math.log(outputs.reduce((sum, y) => sum + Math.exp((y - outputs[chosen]!) / gap), 0));
    });
}

const STEP = 1e-5;

/** ∂ℓ/∂t of every state by central differences, for a change of the parameters by t. */
function slopes(
  losses: (parameters: ReferenceParameters) => number[],
  parameters: ReferenceParameters,
  change: (copy: Record<string, Float64Array>, t: number) => void,
): number[] {
  const [above, below] = [STEP, -STEP].map((t) => {
    const copy = Object.fromEntries(Object.entries(parameters).map(([name, v]) => [name, Float64Array.from(v)]));
    change(copy, t);
    return losses(copy);
  });
  return above!.map((loss, s) => (loss - below![s]!) / (2 * STEP));
}

const meanOf = (values: readonly number[], of: (value: number) => number): number =>
  values.reduce((sum, value) => sum + of(value), 0) / values.length;

/** All statistics by brute force: every weight, and every unit's output, is moved by itself. */
function bruteForce(model: PolicyModel, states: number[][]): Statistics {
  const parameters = applyMasks(model.parameters, model.masks);
  const losses = lossesOf({ ...model, parameters }, states);
  const weights = Object.fromEntries(
    Object.entries(parameters)
      .filter(([name]) => name.endsWith('/kernel'))
      .map(([name, values]) => {
        const all = Array.from(values, (_, i) => slopes(losses, parameters, (copy, t) => (copy[name]![i]! += t)));
        return [
          name,
          {
            mean: Float32Array.from(all, (g) => meanOf(g, (x) => x)),
            meanMagnitude: Float32Array.from(all, (g) => meanOf(g, Math.abs)),
            meanSquare: Float32Array.from(all, (g) => meanOf(g, (x) => x * x)),
          },
        ];
      }),
  );
  const units = Object.fromEntries(
    unitGroups(model.description.network).map((group) => {
      const readers = group.consumers.map(({ layer, rows, units: width }) => ({ layer, rows, width }));
      const rowsOf = (unit: number, rows: number): number[] =>
        Array.from({ length: rows / group.units }, (_, position) => position * group.units + unit);
      // A unit that puts out t more shifts what its readers sum up by t times its weight.
      const shifts = Array.from({ length: group.units }, (_, unit) =>
        slopes(losses, parameters, (copy, t) => {
          for (const { layer, rows, width } of readers)
            for (const row of rowsOf(unit, rows))
              for (let j = 0; j < width; j++)
                copy[`${layer}/bias`]![j]! += t * parameters[`${layer}/kernel`]![row * width + j]!;
        }),
      );
      // A gate of 1 + t behind the unit.
      const gates = Array.from({ length: group.units }, (_, unit) =>
        slopes(losses, parameters, (copy, t) => {
          for (const { layer, rows, width } of readers)
            for (const row of rowsOf(unit, rows))
              for (let j = 0; j < width; j++) copy[`${layer}/kernel`]![row * width + j]! *= 1 + t;
        }),
      );
      return [
        group.layer,
        {
          meanMagnitude: Float32Array.from(shifts, (g) => meanOf(g, Math.abs)),
          meanContribution: Float32Array.from(gates, (g) => meanOf(g, Math.abs)),
        },
      ];
    }),
  );
  return { weights, units };
}

function expectStatistics(actual: Statistics, expected: Statistics): void {
  const flat = ({ weights, units }: Statistics): [string, Float32Array][] =>
    [weights, units].flatMap((part: Statistics['weights'] | Statistics['units']) =>
      Object.entries<object>(part).flatMap(([name, statistics]) =>
        Object.entries<Float32Array>({ ...statistics }).map(([which, values]): [string, Float32Array] => [
          `${which} of ${name}`,
          values,
        ]),
      ),
    );
  const found = new Map(flat(actual));
  const wanted = flat(expected);
  expect([...found.keys()].sort()).toEqual(wanted.map(([what]) => what).sort());
  for (const [what, values] of wanted) expectClose(found.get(what)!, values, 2e-5, what);
}

function computed(model: PolicyModel, states: number[][]): Statistics {
  const run = { model, backend: testBackend, observations: Float32Array.from(states.flat()) };
  return gradientStatistics({ ...run, decisions: decisionsOf(run) });
}

const statesOf = (seed: number): number[][] =>
  Array.from({ length: 6 }, (_, s) =>
    Array.from({ length: INPUTS }, (__, i) => Math.fround(Math.sin(seed + s * 5 + i * 3))),
  );

it('are what finite differences of the loss say, weight by weight and unit by unit', () => {
  const outline = fc.record({
    inputs: fc.constant(INPUTS),
    hidden: fc.constantFrom([4], [4, 3]),
    actions: fc.integer({ min: 1, max: 3 }),
    kind: fc.constantFrom('q' as const, 'dueling' as const, 'actor-critic' as const, 'shared' as const),
    activation: fc.constantFrom('tanh' as const, 'sigmoid' as const),
    seed: fc.nat({ max: 1000 }),
  });
  fc.assert(
    fc.property(outline, fc.boolean(), (drawn, valueFirst) => {
      const model = sampleModel(drawn);
      const { network } = model.description;
      const heads = valueFirst ? [...network.heads].reverse() : network.heads;
      const placed = { ...model, description: { ...model.description, network: { ...network, heads } } };
      const states = statesOf(drawn.seed);
      expectStatistics(computed(placed, states), bruteForce(placed, states));
    }),
    { numRuns: 25 },
  );
});

it('of channels: what is added to or multiplied with all positions of one', () => {
  for (const [seed, hidden] of [
    [1, []],
    [2, [3]],
  ] as const) {
    const model = sampleModel({ image: true, hidden, activation: 'tanh', actions: 3, seed });
    const states = Array.from({ length: 4 }, (_, s) =>
      Array.from({ length: 32 }, (__, i) => Math.fround(Math.sin(seed + s * 5 + i * i))),
    );
    expectStatistics(computed(model, states), bruteForce(model, states));
  }
});

it('of continuous actions: of the action itself, and nothing beyond its bounds', () => {
  const model = sampleModel({ inputs: INPUTS, actions: 2, kind: 'shared', activation: 'tanh', seed: 3 });
  const bounds = { low: [-BOUND, -BOUND], high: [BOUND, BOUND] };
  const continuous: PolicyModel = {
    ...model,
    parameters: { ...model.parameters, 'policy/out/bias': Float32Array.of(0.1, 5) },
    description: {
      ...model.description,
      policy: { kind: 'mean', head: 'policy', logStd: [0, 0] },
      actionSpace: { kind: 'box', shape: [2], ...bounds },
    },
  };
  const states = statesOf(1);
  const statistics = computed(continuous, states);
  expectStatistics(statistics, bruteForce(continuous, states));
  const outgoing = statistics.weights['policy/out/kernel']!.meanMagnitude;
  expect(Array.from(outgoing, (magnitude) => magnitude > 0)).toEqual([
    true,
    false,
    true,
    false,
    true,
    false,
    true,
    false,
  ]);
});

it('of a pruned network: through what is left, but dense', () => {
  const model = sampleModel({ inputs: INPUTS, hidden: [4, 3], activation: 'tanh' });
  const kept = (size: number, step: number): Uint8Array =>
    Uint8Array.from({ length: size }, (_, i) => Number(i % step !== 0));
  const masks = { 'hidden_0/kernel': kept(12, 3), 'hidden_1/kernel': kept(12, 2) };
  const states = statesOf(2);
  const statistics = computed({ ...model, masks }, states);
  expectStatistics(statistics, bruteForce({ ...model, masks }, states));
  expect(statistics.weights['hidden_1/kernel']!.meanMagnitude[0]).toBeGreaterThan(0);
});

it('of many states take 256 of them, evenly, each with its own decision', () => {
  const model = sampleModel({ inputs: 1, hidden: [3], activation: 'tanh' });
  const decide = (states: number[]): Statistics =>
    gradientStatistics({
      model,
      backend: testBackend,
      observations: Float32Array.from(states),
      decisions: { kind: 'discrete', actions: Int32Array.from(states, (s) => s % 2), gap: 1 },
    });
  const many = Array.from({ length: 600 }, (_, i) => i * i);
  const picked = Array.from({ length: 256 }, (_, i) => many[Math.floor((i * 600) / 256)]!);
  expect(decide(many)).toEqual(decide(picked));
  expect(decide(many)).not.toEqual(decide(many.slice(0, 256)));
});
