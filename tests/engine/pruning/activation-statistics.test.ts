import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ModelDescription } from '../../../src-main/contract/model.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { allLayers, placeNetwork } from '../../../src-main/engine/networks/shapes.ts';
import { activationStatistics, meanOverPositions } from '../../../src-main/engine/pruning/activation-statistics.ts';
import { testBackend } from '../../test-backend.ts';
import { referenceForward } from '../../reference-network.ts';
import { expectClose } from '../numerics/expect-close.ts';
import { networkCase } from '../numerics/random-network.ts';
import { sampleModel } from '../networks/sample-models.ts';

const column = (rows: readonly (readonly number[])[], unit: number): number[] => rows.map((row) => row[unit]!);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

it('are the moments of what the reference pass computes, in any network', () => {
  fc.assert(
    fc.property(networkCase, ({ network, parameters, inputs, batchSize }) => {
      const model: PolicyModel = { description: { network } as ModelDescription, parameters, masks: {} };
      const statistics = activationStatistics({ model, backend: testBackend, observations: inputs });
      const { trunk, heads, inputSize } = placeNetwork(network);
      // A dense layer of the first head, with all before it, is itself a network that the reference can run.
      const chain = [...trunk, ...heads[0]!.layers].map(({ layer }) => layer);
      const last = chain.findLast(({ kind }) => kind === 'dense')!;
      const upTo = (end: number): number[][] =>
        Array.from({ length: batchSize }, (_, row) => {
          const observation = Array.from(inputs.subarray(row * inputSize, (row + 1) * inputSize));
          const cut = { ...network, trunk: [], heads: [{ name: 'cut', layers: chain.slice(0, end) }] };
          return referenceForward({ network: { ...cut, combine: 'concatenate' }, parameters, observation });
        });
      const at = chain.indexOf(last);
      const moments = (rows: readonly (readonly number[])[]): readonly number[][] =>
        ['mean', 'deviation', 'rootMeanSquare'].map((which) =>
          rows[0]!.map((_, unit) => {
            const values = column(rows, unit);
            const centre = which === 'deviation' ? mean(values) : 0;
            return which === 'mean' ? mean(values) : Math.sqrt(mean(values.map((v) => (v - centre) ** 2)));
          }),
        );
      const check = (actual: (typeof statistics.outputs)[string], rows: number[][], what: string): void => {
        const [means, deviations, roots] = moments(rows);
        const over = (of: (value: number) => number): number[] =>
          means!.map((_, unit) => mean(column(rows, unit).map(of)));
        expectClose(actual.meanMagnitude, over(Math.abs), 1e-4, `mean magnitude ${what}`);
        expectClose(actual.mean, means!, 1e-4, `mean ${what}`);
        // The difference of two large numbers: less exact than the others.
        expectClose(actual.deviation, deviations!, 2e-3, `deviation ${what}`);
        expectClose(actual.rootMeanSquare, roots!, 1e-4, `root mean square ${what}`);
      };
      check(statistics.outputs[last.name]!, upTo(at + 1), 'of outputs');
      if (at > 0) check(statistics.inputs[last.name]!, upTo(at), 'of inputs');
      expect(Object.keys(statistics.inputs).sort()).toEqual(
        allLayers(placeNetwork(network))
          .map(({ layer }) => layer.name)
          .sort(),
      );
    }),
    { numRuns: 60 },
  );
});

it('the first layer reads the input as it arrives: scaled, normalised, clipped', () => {
  const model = sampleModel({ inputs: 2, hidden: [3] });
  const { network } = model.description;
  const normalizer = { mean: [1, 0], variance: [4, 1], epsilon: 1e-12, clip: 2 };
  const input = { ...network.input, scale: 0.5, normalizer };
  const { inputs } = activationStatistics({
    model: { ...model, description: { ...model.description, network: { ...network, input } } },
    backend: testBackend,
    observations: Float32Array.of(6, 2, -2, 100), // scaled (3, 1), (−1, 50); normalised (1, 1), (−1, 2 clipped)
  });
  expectClose(inputs.hidden_0!.mean, [0, 1.5], 1e-6, 'mean');
  expectClose(inputs.hidden_0!.deviation, [1, 0.5], 1e-6, 'deviation');
});

it('masks count: a unit that is cut off is constant', () => {
  const model = sampleModel({ inputs: 2, hidden: [2], activation: 'tanh' });
  const masks = { 'hidden_0/kernel': Uint8Array.of(0, 1, 0, 1) };
  const observations = Float32Array.of(1, 2, -3, 1, 0, 5);
  const { outputs } = activationStatistics({ model: { ...model, masks }, backend: testBackend, observations });
  const { mean: means, deviation } = outputs.hidden_0!;
  expect(means[0]).toBeCloseTo(Math.tanh(model.parameters['hidden_0/bias']![0]!), 6);
  expect(deviation[0]).toBeLessThan(1e-3);
  expect(deviation[1]).toBeGreaterThan(0.01);
});

it('a unit is active where its output is not exactly zero', () => {
  const model = sampleModel({ inputs: 1, hidden: [3] });
  const { outputs, inputs } = activationStatistics({
    model: {
      ...model,
      parameters: {
        ...model.parameters,
        'hidden_0/kernel': Float32Array.of(1, -1, 0),
        'hidden_0/bias': Float32Array.of(0, 0, -1),
      },
    },
    backend: testBackend,
    observations: Float32Array.of(-3, -1, 0, 2),
  });
  expect(outputs.hidden_0!.activeShare).toEqual(Float32Array.of(0.25, 0.5, 0));
  expect(outputs.hidden_0!.meanMagnitude).toEqual(Float32Array.of(0.5, 1, 0));
  expect(inputs.hidden_0!.activeShare).toEqual(Float32Array.of(0.75));
});

it('of a channel: the mean over its positions; of squares for deviations and roots', () => {
  const at = (values: readonly number[]): Float32Array => Float32Array.from(values);
  // Two positions of two channels.
  const statistics = {
    mean: at([1, 10, 3, -10]),
    deviation: at([3, 0, 4, 2]),
    rootMeanSquare: at([1, 6, 7, 8]),
    meanMagnitude: at([2, 0, 4, 5]),
    activeShare: at([1, 0, 0.5, 0]),
  };
  expect(meanOverPositions(statistics, 2)).toEqual({
    mean: at([2, 0]),
    deviation: at([Math.sqrt(12.5), Math.sqrt(2)]),
    rootMeanSquare: at([5, Math.sqrt(50)]),
    meanMagnitude: at([3, 2.5]),
    activeShare: at([0.75, 0]),
  });
  expect(meanOverPositions(statistics, 4)).toEqual(statistics);
});

it('every state counts, also beyond one batch', () => {
  const model = sampleModel({ inputs: 1, hidden: [1] });
  const observations = Float32Array.from({ length: 700 }, (_, i) => i);
  const { inputs } = activationStatistics({ model, backend: testBackend, observations });
  expect(inputs.hidden_0!.mean[0]).toBeCloseTo(349.5, 3);
});
