import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NonFiniteWeightsError } from '../../../../src-main/engine/formats/finite-weights.ts';
import {
  MalformedModelError,
  MissingDescriptionError,
} from '../../../../src-main/engine/formats/safetensors/errors.ts';
import { readModel, writeModel } from '../../../../src-main/engine/formats/safetensors/model-file.ts';
import { readSafetensors, writeSafetensors } from '../../../../src-main/engine/formats/safetensors/tensor-file.ts';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import { ParameterShapeError } from '../../../../src-main/engine/networks/shapes.ts';
import { thrownBy } from '../fixtures.ts';
import { sampleModels } from '../sample-models.ts';

const model = sampleModels['Gaussian actor-critic with shared layers']!;

describe('round trip', () => {
  it.each(Object.entries(sampleModels))('%s', (_, sample) => {
    const bytes = writeModel(sample, { recipe: '{}' });
    expect(readModel(bytes)).toEqual(sample);
    expect(writeModel(readModel(bytes), { recipe: '{}' })).toEqual(bytes);
  });

  it('does not depend on where the bytes lie', () => {
    const bytes = writeModel(model);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(readModel(shifted.subarray(3))).toEqual(model);
  });

  it('gives arrays of their own: the file may change afterwards', () => {
    const bytes = writeModel(model);
    const read = readModel(bytes);
    bytes.fill(0);
    expect(read).toEqual(model);
  });
});

describe('masks', () => {
  const kernel = 'dense_1/kernel';
  const weights = model.parameters[kernel]!;
  const masked = (kept: readonly boolean[], hidden: readonly number[] = []): PolicyModel => {
    const values = weights.map((weight, i) => (kept[i] === true ? weight : (hidden[i] ?? 0)));
    const mask = Uint8Array.from(weights, (_, i) => Number(kept[i]));
    return { ...model, parameters: { ...model.parameters, [kernel]: values }, masks: { [kernel]: mask } };
  };
  const sizeOf = (sample: PolicyModel): number => writeModel(sample).length;
  const bits = fc.array(fc.boolean(), { minLength: weights.length, maxLength: weights.length });
  const values = fc.array(fc.constantFrom(0, 0.5), { minLength: weights.length, maxLength: weights.length });

  it('are read as they were, whatever lies under them, and where a weight that stays is zero', () => {
    fc.assert(
      fc.property(bits, values, fc.nat(weights.length - 1), (kept, hidden, zero) => {
        const sample = masked(kept, hidden);
        expect(readModel(writeModel(sample))).toEqual(sample);
        sample.parameters[kernel]![zero] = 0;
        expect(readModel(writeModel(sample))).toEqual(sample);
      }),
    );
  });

  it('take no bytes of their own where the zeros say the same: a pruned file is not larger than a dense one', () => {
    const kept = Array.from(weights, (_, i) => i % 3 === 0);
    const header = 100;
    expect(sizeOf(masked(kept))).toBeLessThan(sizeOf({ ...model, masks: {} }) + header);
    const hidden = Array.from(weights, () => 0.5);
    expect(sizeOf(masked(kept, hidden))).toBeGreaterThanOrEqual(sizeOf(masked(kept)) + weights.length - header);
  });

  it.each(['{', '"dense_1/kernel"', '["dense_1/bias"]', '["dense_9/kernel"]', '["__proto__"]'])(
    'refuses %s for the kernels that are masked',
    (text) => {
      const { tensors, metadata } = readSafetensors({ bytes: writeModel(model), file: 'm' });
      const bytes = writeSafetensors({ tensors, metadata: { ...metadata, masked: text } });
      expect(() => readModel(bytes)).toThrow(MalformedModelError);
    },
  );
});

/** The model's file after something was done to its description as JSON. */
function withDescription(change: (description: Record<string, unknown>) => unknown): Uint8Array {
  const { tensors, metadata } = readSafetensors({ bytes: writeModel(model), file: 'm' });
  const description = JSON.parse(metadata.secateur!) as Record<string, unknown>;
  return writeSafetensors({ tensors, metadata: { secateur: JSON.stringify(change(description)) } });
}

describe('refusals', () => {
  it('tensors without a description', () => {
    const { tensors } = readSafetensors({ bytes: writeModel(model), file: 'm' });
    expect(() => readModel(writeSafetensors({ tensors, metadata: {} }))).toThrow(MissingDescriptionError);
  });

  it.each<[string, (description: Record<string, unknown>) => unknown]>([
    ['an unknown algorithm', (description) => ({ ...description, algorithm: 'alphazero' })],
    ['an additional field', (description) => ({ ...description, code: 'import os' })],
    ['a head that does not exist', (description) => ({ ...description, policy: { kind: 'greedy', head: 'q' } })],
    ['more actions than outputs', (description) => ({ ...description, actionSpace: { kind: 'discrete', n: 9 } })],
    ['nothing', () => null],
  ])('a description with %s', (_, change) => {
    expect(() => readModel(withDescription(change))).toThrow(MalformedModelError);
  });

  it('a normaliser of another size', () => {
    const { network } = model.description;
    const normalizer = { mean: [0], variance: [1], epsilon: 1, clip: 1 };
    const input = { ...network.input, normalizer };
    const bytes = withDescription((description) => ({ ...description, network: { ...network, input } }));
    expect(() => readModel(bytes)).toThrow(MalformedModelError);
  });

  const changed = (change: Partial<PolicyModel>): unknown =>
    thrownBy(() => readModel(writeModel({ ...model, ...change })));

  it('weights that are no numbers, with the tensor and the place', () => {
    const kernel = model.parameters['dense_2/kernel']!.slice();
    kernel[3] = NaN;
    const error = changed({ parameters: { ...model.parameters, 'dense_2/kernel': kernel } });
    expect(error).toBeInstanceOf(NonFiniteWeightsError);
    expect((error as Error).message).toContain('"dense_2/kernel" holds NaN at position 3');
  });

  it('masks of something else than zeros and ones over kernels', () => {
    const mask = new Uint8Array(60).fill(2);
    expect(changed({ masks: { 'dense_1/kernel': mask } })).toBeInstanceOf(MalformedModelError);
    expect(changed({ masks: { 'dense_1/bias': new Uint8Array(12) } })).toBeInstanceOf(MalformedModelError);
    expect(changed({ masks: { 'dense_9/kernel': new Uint8Array(60) } })).toBeInstanceOf(MalformedModelError);
  });

  it('a model that lacks a parameter is not even written', () => {
    expect(() => writeModel({ ...model, parameters: {} })).toThrow(ParameterShapeError);
  });
});
