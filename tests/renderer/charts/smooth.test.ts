import fc from 'fast-check';
import { expect, it } from 'vitest';
import { smooth } from '../../../src-renderer/charts/smooth.ts';

const curve = (ys: readonly (number | null)[]) => ys.map((y, x) => ({ x, y }));
const weights = fc.double({ min: 0.01, max: 0.99, noNaN: true });

it('a constant stays itself from the first point on', () => {
  fc.assert(
    fc.property(weights, fc.integer({ min: -500, max: 500 }), (weight, constant) => {
      for (const { y } of smooth(curve(new Array<number>(30).fill(constant)), weight))
        expect(y).toBeCloseTo(constant, 9);
    }),
  );
});

it('is the weighted mean of all points so far, newer ones by 1/w heavier', () => {
  const values = [3, -1, 4, 1, -5, 9, 2, 6];
  fc.assert(
    fc.property(weights, (weight) => {
      smooth(curve(values), weight).forEach(({ y }, t) => {
        const shares = values.slice(0, t + 1).map((_, i) => weight ** (t - i));
        const mean = shares.reduce((sum, share, i) => sum + share * values[i]!, 0) / shares.reduce((a, b) => a + b);
        expect(y).toBeCloseTo(mean, 9);
      });
    }),
  );
});

it('a gap stays a gap and changes nothing after it', () => {
  const [withGap, without] = [smooth(curve([1, null, 5]), 0.5), smooth(curve([1, 5]), 0.5)];
  expect(withGap[1]!.y).toBeNull();
  expect(withGap[2]!.y).toBe(without[1]!.y);
});

it('weight 0 is what was measured', () => {
  const points = curve([1, null, 3]);
  expect(smooth(points, 0)).toEqual(points);
});
