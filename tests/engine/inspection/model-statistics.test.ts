import { describe, expect, it } from 'vitest';
import { kernelValues, NoSuchKernelError } from '../../../src-main/engine/inspection/kernel-values.ts';
import { modelStatistics } from '../../../src-main/engine/inspection/model-statistics.ts';
import { countNetwork } from '../../../src-main/engine/networks/counting.ts';
import { sampleModels } from '../formats/sample-models.ts';
import { sampleModel } from '../networks/sample-models.ts';

const model = sampleModel({ inputs: 2, hidden: [3], actions: 2 });
const kernel = Float32Array.of(3, 0, -1, 4, 2, 2); // [2 inputs, 3 units]
const pruned = {
  ...model,
  parameters: { ...model.parameters, 'hidden_0/kernel': kernel, 'hidden_0/bias': Float32Array.of(7, 8, 9) },
  masks: { 'hidden_0/kernel': Uint8Array.of(1, 1, 1, 1, 0, 1) },
};

describe('the statistics of a model', () => {
  it('of a kernel by hand: what is masked counts as zero', () => {
    const [hidden, output] = modelStatistics(pruned);
    expect(hidden).toMatchObject({ layer: 'hidden_0', inputShape: [2], outputShape: [3] });
    expect(hidden!.kernel).toMatchObject({
      shape: [2, 3],
      weights: 6,
      zeros: 2,
      units: 3,
      macs: 6,
      nonzeroMacs: 4,
      l1: 10,
      l2: Math.sqrt(9 + 1 + 16 + 4),
      // Columns: (3, 4), (0, 0), (−1, 2).
      unitNorms: [5, 0, Math.sqrt(5)],
      group: { kind: 'neuron', incoming: 2, outgoing: 2 },
    });
    expect(hidden!.kernel!.living).toMatchObject({ min: -1, max: 4, mean: 2 });
    // The network's outputs are never removed.
    expect(output!.kernel!.group).toBeNull();
  });

  it('layers without weights are there with their shapes, and the sums are the counts of the network', () => {
    const pixels = sampleModels['dueling image network with a normaliser and masks']!;
    const layers = modelStatistics(pixels);
    const without = layers.filter(({ kernel }) => kernel === null);
    expect(without.length).toBeGreaterThan(0);
    const kernels = layers.flatMap(({ kernel }) => (kernel === null ? [] : [kernel]));
    const sum = (of: (kernel: (typeof kernels)[number]) => number): number =>
      kernels.reduce((total, one) => total + of(one), 0);
    const counted = countNetwork(pixels.description.network, pixels.parameters, pixels.masks);
    expect(sum(({ weights }) => weights)).toBe(counted.weights);
    expect(sum(({ weights, zeros }) => weights - zeros)).toBe(counted.nonzeroWeights);
    expect(sum(({ macs }) => macs)).toBe(counted.macs);
    for (const one of kernels) expect(Math.hypot(...one.unitNorms)).toBeCloseTo(one.l2, 5);
  });
});

describe('the weights of a layer', () => {
  it('are its own, zero where they are masked', () => {
    expect(kernelValues(pruned, 'hidden_0')).toEqual({
      layer: 'hidden_0',
      shape: [2, 3],
      values: Float32Array.of(3, 0, -1, 4, 0, 2),
      bias: Float32Array.of(7, 8, 9),
    });
    expect(kernel[4]).toBe(2);
  });

  it('of a layer that has none are refused, with those that have', () => {
    expect(() => kernelValues(model, 'q')).toThrow(NoSuchKernelError);
    expect(() => kernelValues(model, 'q')).toThrow('no weights in a layer "q"');
  });
});
