import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UnitStatistics } from '../../../src-main/engine/pruning/activation-statistics.ts';
import type { UnitScoreInput, WeightScoreInput } from '../../../src-main/engine/pruning/criteria/criterion.ts';
import { perturbed } from '../../../src-main/engine/pruning/criteria/perturbed.ts';
import { criteria } from '../../../src-main/engine/pruning/criteria/registry.ts';
import { unitGroups } from '../../../src-main/engine/pruning/units.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { expectClose } from '../numerics/expect-close.ts';
import { sampleModel } from '../networks/sample-models.ts';

const random = new Random(1);

function weightScores(
  id: string,
  kernel: Float32Array,
  options: Partial<Omit<WeightScoreInput, 'kernel'>> = {},
): Float32Array {
  const { shape = [kernel.length, 1], mask, inputs = null, gradients = null, movement = null } = options;
  return criteria.get(id).scoreWeights!({ kernel, shape, mask, inputs, gradients, movement, random });
}

/** Statistics of which only some matter; the others are not even numbers. */
const statistics = (size: number, some: Partial<UnitStatistics>): UnitStatistics => {
  const unknown = new Float32Array(size).fill(NaN);
  return {
    mean: unknown,
    deviation: unknown,
    rootMeanSquare: unknown,
    meanMagnitude: unknown,
    activeShare: unknown,
    ...some,
  };
};
const rootMeanSquares = (values: readonly number[]): UnitStatistics =>
  statistics(values.length, { rootMeanSquare: Float32Array.from(values) });

const weight = fc.float({ min: -2, max: 2, noNaN: true }).filter((w) => w === 0 || Math.abs(w) > 1e-4);
const kernelWithMask = fc.array(fc.tuple(weight, fc.boolean()), { minLength: 1, maxLength: 30 }).map((entries) => ({
  kernel: Float32Array.from(entries, ([w]) => w),
  mask: Uint8Array.from(entries, ([, kept]) => Number(kept)),
}));

/** The definition, term by term: the square over the sum of the squares in the layer that are not smaller. */
const lampByDefinition = (magnitudes: readonly number[], kept: readonly boolean[]): number[] =>
  magnitudes.map((m, i) => {
    if (!kept[i] || m === 0) return 0;
    const notSmaller = magnitudes.filter((other, j) => kept[j] && other >= m);
    return m ** 2 / notSmaller.reduce((sum, other) => sum + other ** 2, 0);
  });

describe('of weights', () => {
  const kernel = Float32Array.of(-3, 0, 0.5, 2);

  it('l1 and l2 are magnitude and square', () => {
    expect(weightScores('l1', kernel)).toEqual(Float32Array.of(3, 0, 0.5, 2));
    expect(weightScores('l2', kernel)).toEqual(Float32Array.of(9, 0, 0.25, 4));
  });

  it('LAMP of a kernel worked by hand: 1, 4/13, 1/14 of squares 9, 4, 1', () => {
    expectClose(weightScores('lamp', Float32Array.of(1, -3, 2)), [1 / 14, 1, 4 / 13], 1e-6, 'scores');
  });

  it('LAMP follows its definition (Lee et al. 2021, eq. 5), whatever the order, ties and masks', () => {
    fc.assert(
      fc.property(kernelWithMask, ({ kernel: drawn, mask }) => {
        const magnitudes = Array.from(drawn, Math.abs);
        const expected = lampByDefinition(magnitudes, Array.from(mask, Boolean));
        expectClose(weightScores('lamp', drawn, { mask }), expected, 1e-6, 'scores');
        const all = lampByDefinition(magnitudes, new Array<boolean>(drawn.length).fill(true));
        expectClose(weightScores('lamp', drawn), all, 1e-6, 'unmasked scores');
      }),
    );
  });

  it('LAMP ranks a layer as its magnitudes do, and does not see its scale', () => {
    fc.assert(
      fc.property(kernelWithMask, ({ kernel: drawn }) => {
        const scores = weightScores('lamp', drawn);
        drawn.forEach((a, i) => {
          drawn.forEach((b, j) => {
            if (Math.abs(a) > Math.abs(b)) expect(scores[i]).toBeGreaterThanOrEqual(scores[j]!);
          });
        });
        expectClose(
          weightScores(
            'lamp',
            drawn.map((w) => w * 8),
          ),
          scores,
          1e-6,
          'scaled',
        );
      }),
    );
  });

  it('activity LAMP is LAMP of |w|·√E[x²] by row of the kernel', () => {
    const wide = Float32Array.of(1, -2, 3, 4, 5, -6); // [3 inputs, 2 units]
    const inputs = rootMeanSquares([2, 0.5, 0]);
    const expected = lampByDefinition([2, 4, 1.5, 2, 0, 0], new Array<boolean>(6).fill(true));
    expectClose(weightScores('wanda-lamp', wide, { shape: [3, 2], inputs }), expected, 1e-6, 'scores');
  });

  it('Wanda is |w|·√E[x²] by row of the kernel', () => {
    const wide = Float32Array.of(1, -2, 3, 4, 5, -6); // [3 inputs, 2 units]
    const inputs = rootMeanSquares([2, 0.5, 0]);
    expectClose(weightScores('wanda', wide, { shape: [3, 2], inputs }), [2, 4, 1.5, 2, 0, 0], 1e-6, 'scores');
  });

  it('Wanda of a convolution takes √E[x²] of a channel over all its positions', () => {
    const filters = Float32Array.of(1, 2, -3, 4); // [1, 2, 2 channels, 1 filter]
    const inputs = rootMeanSquares([3, 0, 4, 0, 0, 2, 0, 0]); // 4 positions of 2 channels
    const [first, second] = [Math.sqrt((9 + 16) / 4), Math.sqrt(4 / 4)];
    const expected = [first, 2 * second, 3 * first, 4 * second];
    expectClose(weightScores('wanda', filters, { shape: [1, 2, 2, 1], inputs }), expected, 1e-6, 'scores');
  });

  it.each([
    { id: 'snip', scores: [3 * 2, 0, 0.5 * 4, 0] },
    { id: 'taylor', scores: [3 * 5, 0, 0.5 * 6, 2 * 8] },
    { id: 'fisher', scores: [9 * 10, 0, 0.25 * 30, 4 * 40] },
  ])('$id, worked by hand from E[g], E|g| and E[g²]', ({ id, scores }) => {
    const gradients = {
      mean: Float32Array.of(2, 7, -4, 0),
      meanMagnitude: Float32Array.of(5, 9, 6, 8),
      meanSquare: Float32Array.of(10, 20, 30, 40),
    };
    expectClose(weightScores(id, kernel, { gradients }), scores, 1e-6, id);
  });

  it('movement is what training has summed up', () => {
    const movement = Float32Array.of(-2, 0.5, 0, 7);
    expect(weightScores('movement', kernel, { movement })).toEqual(movement);
  });

  it('random depends on nothing but the draw', () => {
    const scores = (seed: number): Float32Array =>
      criteria.get('random').scoreWeights!({
        kernel,
        shape: [4, 1],
        mask: undefined,
        inputs: null,
        gradients: null,
        movement: null,
        random: new Random(seed),
      });
    expect(scores(1)).toEqual(scores(1));
    expect(scores(1)).not.toEqual(scores(2));
  });
});

describe('of units', () => {
  // 2 inputs → 2 units → read by policy (2) and value (1).
  const { description } = sampleModel({ inputs: 2, hidden: [2], actions: 2, kind: 'shared' });
  const [group] = unitGroups(description.network);
  const input: UnitScoreInput = {
    group: group!,
    parameters: {
      'hidden_0/kernel': Float32Array.of(3, 1, -4, 0), // unit 0: (3, −4); unit 1: (1, 0)
      'hidden_0/bias': Float32Array.of(100, 100),
      'policy/out/kernel': Float32Array.of(1, -2, 6, 0), // unit 0: (1, −2); unit 1: (6, 0)
      'policy/out/bias': Float32Array.of(100, 100),
      'value/out/kernel': Float32Array.of(2, -8),
      'value/out/bias': Float32Array.of(100),
    },
    mask: undefined,
    outputs: statistics(2, {
      deviation: Float32Array.of(0.5, 3),
      meanMagnitude: Float32Array.of(6, 7),
      activeShare: Float32Array.of(0.25, 1),
    }),
    decisions: null,
    gradients: { meanMagnitude: Float32Array.of(2, 3), meanContribution: Float32Array.of(4, 5) },
    agreement: { values: Float32Array.of(0.75, -0.25), halfWidths: Float32Array.of(0.5, 0.25), total: 0.5 },
    return: { values: Float32Array.of(0.5, 0.25), halfWidths: Float32Array.of(0.125, 1), total: 1 },
    random,
  };

  it.each([
    { id: 'l1', scores: [1 + 2 + 2, 6 + 8] },
    { id: 'l2', scores: [3, 10] },
    { id: 'norm-product', scores: [5 * 3, 1 * 10] },
    { id: 'activity', scores: [0.5 * 3, 3 * 10] },
    { id: 'group-norm', scores: [9 + 16 + 1 + 4 + 4, 1 + 36 + 64] },
    { id: 'fpgm', scores: [Math.hypot(2, 4), Math.hypot(2, 4)] },
    { id: 'apoz', scores: [0.25, 1] },
    { id: 'dormancy', scores: [6, 7] },
    { id: 'sensitivity', scores: [2, 3] },
    { id: 'taylor', scores: [4, 5] },
    { id: 'shapley', scores: [0.75, -0.25] },
    { id: 'shapley-return', scores: [0.5, 0.25] },
  ])('$id, with the norms over all readers worked by hand', ({ id, scores }) => {
    expectClose(criteria.get(id).scoreUnits!(input), scores, 1e-6, id);
  });

  it('the norm product does not see a ReLU unit scaled up on one side and down on the other', () => {
    const { parameters } = input;
    const scaled = {
      ...parameters,
      'hidden_0/kernel': parameters['hidden_0/kernel']!.map((w, i) => (i % 2 === 0 ? w * 4 : w)),
      'policy/out/kernel': parameters['policy/out/kernel']!.map((w, i) => (i < 2 ? w / 4 : w)),
      'value/out/kernel': parameters['value/out/kernel']!.map((w, i) => (i < 1 ? w / 4 : w)),
    };
    const score = criteria.get('norm-product').scoreUnits!;
    expectClose(score({ ...input, parameters: scaled }), score(input), 1e-6, 'scores');
  });
});

describe('the geometric median', () => {
  /** Units as points on a line: 0, 1, 2 and 10. */
  const { description } = sampleModel({ inputs: 1, hidden: [4] });
  const scoresOf = (mask?: Uint8Array): Float32Array =>
    criteria.get('fpgm').scoreUnits!({
      group: unitGroups(description.network)[0]!,
      parameters: { 'hidden_0/kernel': Float32Array.of(0, 1, 2, 10) },
      mask,
      outputs: null,
      decisions: null,
      gradients: null,
      agreement: null,
      return: null,
      random,
    });

  it('the sums of distances on a line, least in the middle', () => {
    expectClose(scoresOf(), [13, 11, 11, 27], 1e-6, 'scores');
  });

  it('pruned units are no neighbours', () => {
    expectClose(scoresOf(Uint8Array.of(1, 1, 1, 0)).subarray(0, 3), [3, 2, 3], 1e-6, 'scores');
  });
});

describe('information gain', () => {
  const { description } = sampleModel({ inputs: 1, hidden: [1] });
  const [group] = unitGroups(description.network);
  const gainOf = (outputs: readonly number[], ...labels: readonly (readonly number[])[]): number =>
    criteria.get('information-gain').scoreUnits!({
      group: group!,
      parameters: {},
      mask: undefined,
      outputs: null,
      decisions: { outputs: Float32Array.from(outputs), labels: labels.map((actions) => Int32Array.from(actions)) },
      gradients: null,
      agreement: null,
      return: null,
      random,
    })[0]!;
  /** Σ p(a, b) ln(p(a, b) / (p(a) p(b))), by counting pairs. */
  const mutualInformation = (xs: readonly number[], ys: readonly number[]): number => {
    const share = (holds: (i: number) => boolean): number => xs.filter((_, i) => holds(i)).length / xs.length;
    return xs.reduce((sum, x, i) => {
      const [joint, px, py] = [
        share((j) => xs[j] === x && ys[j] === ys[i]),
        share((j) => xs[j] === x),
        share((j) => ys[j] === ys[i]),
      ];
      return sum + Math.log(joint / (px * py)) / xs.length;
    }, 0);
  };

  it('is mutual information by its symmetric definition', () => {
    // Four levels that are each a quarter of the states stay apart in any bins.
    const levels = Array.from({ length: 48 }, (_, i) => [-1, 0, 0.5, 7][i % 4]!);
    const actions = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 48, maxLength: 48 });
    fc.assert(
      fc.property(actions, (drawn) => {
        expect(gainOf(levels, drawn)).toBeCloseTo(mutualInformation(levels, drawn), 5);
      }),
    );
  });

  it('is the entropy of the action where the unit decides it, and zero where it says nothing', () => {
    const actions = [0, 1, 0, 1, 0, 1, 0, 1];
    expect(
      gainOf(
        actions.map((a) => 3 - a),
        actions,
      ),
    ).toBeCloseTo(Math.LN2, 6);
    expect(gainOf(new Array<number>(8).fill(2), actions)).toBeCloseTo(0, 6);
    expect(gainOf([0, 0, 1, 1, 0, 0, 1, 1], actions)).toBeCloseTo(0, 6);
  });

  it('adds up over the dimensions of an action', () => {
    const outputs = [0, 0, 1, 1];
    expect(gainOf(outputs, [0, 0, 1, 1], [4, 4, 4, 4], [1, 1, 0, 0])).toBeCloseTo(2 * Math.LN2, 6);
  });
});

it('what is estimated says how sure it is', () => {
  for (const { id, needs, estimates } of criteria.all) {
    expect(estimates !== undefined, id).toBe(needs === 'agreement' || needs === 'return');
  }
});

it('every criterion ranks weights, units or layers, and says what it is', () => {
  for (const criterion of criteria.all) {
    expect(criterion.scoreWeights ?? criterion.scoreUnits ?? criterion.scoreLayer, criterion.id).toBeDefined();
    expect(criterion.explanation.length * criterion.formula.length).toBeGreaterThan(0);
  }
});

it('a perturbed criterion shakes log-scores by its noise, keeps zeros, and leaves nothing else changed', () => {
  const l1 = criteria.get('l1');
  const kernel = new Float32Array(4000).fill(2);
  kernel[0] = 0;
  const scores = perturbed(l1, 0.3).scoreWeights!({
    kernel,
    shape: [4000, 1],
    mask: undefined,
    inputs: null,
    gradients: null,
    movement: null,
    random,
  });
  expect(scores[0]).toBe(0);
  const logs = Array.from(scores.subarray(1), (score) => Math.log(score / 2));
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  const deviation = Math.sqrt(logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / logs.length);
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(Math.abs(deviation - 0.3)).toBeLessThan(0.03);
  expect(perturbed(l1, 0.3)).toMatchObject({ id: 'l1', needs: 'nothing' });
  expect(perturbed(criteria.get('activity'), 0.3).scoreWeights).toBeUndefined();
});
