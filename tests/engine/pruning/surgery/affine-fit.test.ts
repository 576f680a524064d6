import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { affineFit } from '../../../../src-main/engine/pruning/surgery/affine-fit.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import { expectClose } from '../../numerics/expect-close.ts';

const normals = (length: number, seed: number): Float32Array => {
  const random = new Random(seed);
  return Float32Array.from({ length }, () => random.normal());
};

describe('the affine map nearest to what is given', () => {
  it('is the covariance over the variance in one dimension, held back by the ridge', () => {
    const inputs = Float32Array.of(1, 2, 3, 6);
    const outputs = Float32Array.of(0, 1, 5, 4);
    const { kernel, bias } = affineFit({ inputs, inputSize: 1, outputs, outputSize: 1 });
    // Means 3 and 2.5; variance 14/4, covariance (5 + 1.5 + 0 + 4.5)/4.
    const slope = 11 / 14 / (1 + 1e-4);
    expectClose(kernel, [slope], 1e-6, 'slope');
    expectClose(bias, [2.5 - 3 * slope], 1e-6, 'bias');
  });

  it('finds an affine map again, whatever the units of its inputs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), fc.nat(), (p, q, seed) => {
        const rows = 200;
        const units = Array.from({ length: p }, (_, i) => 10 ** (i - 2));
        const inputs = normals(rows * p, seed).map((value, i) => units[i % p]! * (value + 3));
        const [a, c] = [normals(p * q, seed + 1).map((w, i) => w / units[Math.floor(i / q)]!), normals(q, seed + 2)];
        const outputs = Float32Array.from({ length: rows * q }, (_, i) => {
          const [row, j] = [Math.floor(i / q), i % q];
          return a.reduce((sum, w, k) => (k % q === j ? sum + w * inputs[row * p + Math.floor(k / q)]! : sum), c[j]!);
        });
        const fit = affineFit({ inputs, inputSize: p, outputs, outputSize: q });
        fit.kernel.forEach((w, i) => {
          const unit = units[Math.floor(i / q)]!;
          expect(Math.abs(w - a[i]!) * unit).toBeLessThan(3e-3);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('cannot be bettered: in any direction the error and the ridge grow', () => {
    const [rows, p, q] = [60, 3, 2];
    const inputs = normals(rows * p, 1);
    const outputs = normals(rows * q, 2);
    const fit = affineFit({ inputs, inputSize: p, outputs, outputSize: q });
    const mean = [0, 1, 2].map((i) => inputs.reduce((sum, v, k) => (k % p === i ? sum + v / rows : sum), 0));
    const variance = [0, 1, 2].map((i) =>
      inputs.reduce((sum, v, k) => (k % p === i ? sum + (v - mean[i]!) ** 2 / rows : sum), 0),
    );
    const objective = (kernel: Float32Array, bias: Float32Array): number => {
      let sum = 0;
      for (let row = 0; row < rows; row++) {
        for (let j = 0; j < q; j++) {
          let y = bias[j]!;
          for (let i = 0; i < p; i++) y += inputs[row * p + i]! * kernel[i * q + j]!;
          sum += (y - outputs[row * q + j]!) ** 2;
        }
      }
      kernel.forEach((w, i) => (sum += 1e-4 * rows * variance[Math.floor(i / q)]! * w * w));
      return sum;
    };
    const best = objective(fit.kernel, fit.bias);
    for (const step of [-0.05, 0.05]) {
      fit.kernel.forEach((_, i) => {
        const moved = fit.kernel.map((w, k) => (k === i ? w + step : w));
        expect(objective(moved, fit.bias)).toBeGreaterThan(best);
      });
      fit.bias.forEach((_, j) => {
        const moved = fit.bias.map((b, k) => (k === j ? b + step : b));
        expect(objective(fit.kernel, moved)).toBeGreaterThan(best);
      });
    }
  });

  it('gives inputs that never change no weight, and repeated ones no infinite one', () => {
    const column = normals(50, 3);
    const inputs = Float32Array.from({ length: 150 }, (_, i) => (i % 3 === 0 ? 7 : column[Math.floor(i / 3)]!));
    const { kernel, bias } = affineFit({ inputs, inputSize: 3, outputs: column.map((x) => 2 * x + 1), outputSize: 1 });
    expect(kernel[0]).toBe(0);
    expectClose(kernel.subarray(1), [1, 1], 1e-3, 'weights');
    expectClose(bias, [1], 1e-3, 'bias');
  });
});
