import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParameterShapeError } from '../../../../src-main/engine/networks/shapes.ts';
import { topologies } from '../../../../src-main/engine/pruning/topology/registry.ts';
import { dropShare, rewire, rewireKernel } from '../../../../src-main/engine/pruning/topology/rewire.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';

describe('the share that is dropped', () => {
  it('falls from α to 0 along a cosine', () => {
    expect(dropShare(0.3, 0)).toBe(0.3);
    expect(dropShare(0.3, 1 / 3)).toBeCloseTo(0.225, 12); // cos 60° = 1/2
    expect(dropShare(0.3, 0.5)).toBeCloseTo(0.15, 12);
    expect(dropShare(0.3, 1)).toBe(0);
  });
});

describe('by hand: ten weights, six of them there, half are dropped', () => {
  const weights = Float32Array.of(0.5, 0, -0.1, 0.3, 0, -0.9, 0, 0.2, 0, -0.05);
  const mask = Uint8Array.of(1, 0, 1, 1, 0, 1, 0, 1, 0, 1);
  const gradient = Float32Array.of(9, 0.1, 0, 9, -0.7, 9, 0.4, 0.2, -0.3, 0);

  it('RigL drops the three smallest and grows the three that the loss pulls at most', () => {
    const scores = topologies.get('rigl').growth!({ gradient, random: new Random(1) });
    // Dropped: entries 2, 7 and 9, of 0.1, 0.2 and 0.05. Then grow 4 (0.7), 6 (0.4) and 8 (0.3); what is there does not count.
    expect([...rewireKernel({ weights, mask, scores, share: 0.5 })]).toEqual([1, 0, 0, 1, 1, 1, 1, 0, 1, 0]);
  });

  it('what was dropped grows again at once when the loss pulls at it more than at the others', () => {
    const pulled = Float32Array.from(gradient, (g, i) => (i === 7 ? 5 : g));
    const scores = topologies.get('rigl').growth!({ gradient: pulled, random: new Random(1) });
    expect([...rewireKernel({ weights, mask, scores, share: 0.5 })]).toEqual([1, 0, 0, 1, 1, 1, 1, 1, 0, 0]);
  });

  it('SET keeps the same three, and over many draws grows every other entry equally often', () => {
    const random = new Random(7);
    const grown = new Array<number>(10).fill(0);
    const draws = 7000;
    for (let draw = 0; draw < draws; draw++) {
      const scores = topologies.get('set').growth!({ gradient, random });
      rewireKernel({ weights, mask, scores, share: 0.5 }).forEach((keep, i) => (grown[i]! += keep));
    }
    for (const kept of [0, 3, 5]) expect(grown[kept]).toBe(draws);
    // 3 of 7 candidates: a mean of 3000 with a standard deviation of 41.
    for (const candidate of [1, 2, 4, 6, 7, 8, 9]) expect(Math.abs(grown[candidate]! - 3000)).toBeLessThan(210);
  });

  it('static weights have nothing that would grow', () => {
    expect(topologies.get('static').growth).toBeNull();
  });
});

it('the density of every layer stays, and what is kept is never smaller than what is dropped', () => {
  const entry = fc.record({
    w: fc.float({ min: Math.fround(-2), max: 2, noNaN: true }),
    keep: fc.boolean(),
    score: fc.float({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(
      fc.array(entry, { minLength: 1, maxLength: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (of, share) => {
        const mask = Uint8Array.from(of, ({ keep }) => Number(keep));
        const weights = Float32Array.from(of, ({ w, keep }) => (keep ? w : 0));
        const scores = Float32Array.from(of, ({ score }) => score);
        const rewired = rewireKernel({ weights, mask, scores, share });
        const count = (values: Uint8Array): number => values.reduce((sum, value) => sum + value, 0);
        expect(count(rewired)).toBe(count(mask));
        const gone = [...mask.keys()].filter((i) => mask[i] === 1 && rewired[i] === 0);
        const left = [...mask.keys()].filter((i) => mask[i] === 1 && rewired[i] === 1);
        const grown = [...mask.keys()].filter((i) => mask[i] === 0 && rewired[i] === 1);
        expect(gone.length).toBeLessThanOrEqual(Math.floor(share * count(mask) + 1e-9));
        expect(grown.length).toBe(gone.length);
        // Beside the kept ones, those that grew again at once are left; at least so many are not smaller than any that went.
        const largestGone = Math.max(0, ...gone.map((i) => Math.abs(weights[i]!)));
        const notSmaller = left.filter((i) => Math.abs(weights[i]!) >= largestGone).length;
        expect(notSmaller).toBeGreaterThanOrEqual(count(mask) - Math.floor(share * count(mask) + 1e-9));
      },
    ),
  );
});

describe('a mask that does not belong to the network is refused', () => {
  const scoresOf = (): Float32Array => new Float32Array(4);

  it('of another length', () => {
    const masks = { 'q/kernel': new Uint8Array(3).fill(1) };
    expect(() => rewire({ parameters: { 'q/kernel': new Float32Array(4) }, masks, share: 0.5, scoresOf })).toThrow(
      ParameterShapeError,
    );
  });

  it('of a layer that is not there', () => {
    const masks = { 'p/kernel': new Uint8Array(4).fill(1) };
    expect(() => rewire({ parameters: { 'q/kernel': new Float32Array(4) }, masks, share: 0.5, scoresOf })).toThrow(
      /"p\/kernel".*not part/,
    );
  });
});
