import { describe, expect, it } from 'vitest';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import type { Backend, NetworkInstance } from '../../../../src-main/engine/numerics/backend.ts';
import { compact } from '../../../../src-main/engine/pruning/surgery/compact.ts';
import { proveEqual, SurgeryMismatchError } from '../../../../src-main/engine/pruning/surgery/prove-equal.ts';
import { testBackend } from '../../../test-backend.ts';
import { sampleModel } from '../../networks/sample-models.ts';

const observations = Float32Array.of(1, 2, 3, -1, 0, 2);
const model = sampleModel({ inputs: 3, hidden: [4], actions: 1 });

const moved = (by: number): PolicyModel => {
  const bias = model.parameters['q/out/bias']!.map((b) => b + by);
  return { ...model, parameters: { ...model.parameters, 'q/out/bias': bias } };
};

const compare = (compacted: PolicyModel, tolerance?: number): number =>
  proveEqual({
    backend: testBackend,
    masked: model,
    compacted,
    observations,
    count: 2,
    ...(tolerance !== undefined && { tolerance }),
  });

it('says by how much two models differ, at most', () => {
  expect(compare(model)).toBe(0);
  expect(compare(moved(0.25), 1)).toBeCloseTo(0.25, 5);
});

it('applies the masks of both', () => {
  const masked = { ...model, masks: { 'hidden_0/kernel': new Uint8Array(12).map((_, i) => Number(i % 4 < 2)) } };
  const compacted = compact(masked);
  expect(proveEqual({ backend: testBackend, masked, compacted, observations, count: 2 })).toBeLessThan(1e-6);
});

describe('refuses', () => {
  it('what differs', () => {
    expect(() => compare(moved(1e-3))).toThrow(SurgeryMismatchError);
  });

  it.each([0, 1])('an answer that is not a number, in row %i of two', (broken) => {
    const answering = (rows: Float32Array): NetworkInstance =>
      ({ forward: () => rows, dispose: () => undefined }) as unknown as NetworkInstance;
    const rows = Float32Array.of(0, 0);
    rows[broken] = NaN;
    const answers = [Float32Array.of(0, 0), rows];
    const backend: Backend = { name: 'fake', version: '', instantiate: () => answering(answers.shift()!) };
    const proof = (): unknown => proveEqual({ backend, masked: model, compacted: model, observations, count: 2 });
    expect(proof).toThrow(SurgeryMismatchError);
  });
});
