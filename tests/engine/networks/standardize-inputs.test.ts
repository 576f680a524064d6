import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canStandardize,
  inputStatistics,
  restoreInputs,
  standardizeInputs,
} from '../../../src-main/engine/networks/standardize-inputs.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { referenceForward } from '../../reference-network.ts';
import { expectClose } from '../numerics/expect-close.ts';
import { sampleModel, type ModelOutline } from './sample-models.ts';

const outline: fc.Arbitrary<ModelOutline> = fc.record({
  inputs: fc.constant(3),
  hidden: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 2 }),
  kind: fc.constantFrom('q', 'dueling', 'actor-critic', 'shared'),
  activation: fc.constantFrom('relu', 'tanh', 'elu', 'sigmoid', 'linear'),
  seed: fc.nat(),
});
const statistics = fc.record({
  mean: fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 3 }),
  deviation: fc.array(fc.double({ min: 0.05, max: 20, noNaN: true }), { minLength: 3, maxLength: 3 }),
});
const observation = [0.7, -1.1, 2.3];

const answer = ({ description, parameters }: PolicyModel): number[] =>
  referenceForward({ network: description.network, parameters, observation });

it('statistics are the mean and the deviation of each column', () => {
  const { mean, deviation } = inputStatistics(Float32Array.of(1, 10, 3, 10, 5, 10), 2);
  expectClose(mean, [3, 10], 1e-12, 'mean');
  expect(deviation[0]).toBeCloseTo(Math.sqrt(8 / 3), 12);
  expect(deviation[1], 'an input that never varies is not blown up without bound').toBeGreaterThan(0);
});

describe('a change of variables', () => {
  it('preserves the function, and its inverse restores function and weights', () => {
    fc.assert(
      fc.property(outline, statistics, (drawn, inputs) => {
        const model = sampleModel(drawn);
        const inside = standardizeInputs(model, inputs);
        expectClose(answer(inside), answer(model), 2e-5, 'standardised outputs');
        const restored = restoreInputs(inside, inputs);
        expectClose(answer(restored), answer(model), 2e-5, 'restored outputs');
        expect(restored.description).toEqual(model.description);
        for (const [name, values] of Object.entries(model.parameters)) {
          expectClose(restored.parameters[name]!, values, 2e-5, name);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('inputs arrive with mean 0 and variance 1', () => {
    const observations = Float32Array.from({ length: 300 }, (_, i) => Math.sin(i * i) * (1 + (i % 3)) + (i % 3));
    const inputs = inputStatistics(observations, 3);
    const { normalizer } = standardizeInputs(sampleModel(), inputs).description.network.input;
    const inside = observations.map((x, i) => (x - normalizer!.mean[i % 3]!) / Math.sqrt(normalizer!.variance[i % 3]!));
    const after = inputStatistics(inside, 3);
    expectClose(after.mean, [0, 0, 0], 1e-5, 'mean');
    expectClose(after.deviation, [1, 1, 1], 1e-5, 'deviation');
  });

  it('what is masked stays zero and masked', () => {
    const model = sampleModel();
    const masks = { 'hidden_0/kernel': new Uint8Array(15).map((_, i) => i % 2) };
    const inputs = { mean: [1, 2, 3], deviation: [2, 2, 2] };
    const inside = standardizeInputs({ ...model, masks }, inputs);
    expect(inside.masks).toEqual(masks);
    const restored = restoreInputs(inside, inputs);
    for (const { parameters } of [inside, restored]) {
      parameters['hidden_0/kernel']!.forEach((w, i) => {
        expect(w === 0).toBe(i % 2 === 0);
      });
    }
  });
});

describe('a network that cannot be rewritten is left as it is', () => {
  const { description, ...rest } = sampleModel();
  const { network } = description;
  const normalizer = { mean: [0, 0, 0], variance: [1, 1, 1], epsilon: 1e-8, clip: 10 };
  const inputs = { mean: [1, 1, 1], deviation: [2, 2, 2] };
  it.each([
    { why: 'normalised already', input: { ...network.input, normalizer } },
    { why: 'scaled', input: { ...network.input, scale: 0.5 } },
  ])('$why', ({ input }) => {
    const model = { ...rest, description: { ...description, network: { ...network, input } } };
    expect(canStandardize(model)).toBe(false);
    expect(standardizeInputs(model, inputs)).toBe(model);
    expect(restoreInputs(model, inputs)).toBe(model);
  });
});
