import { describe, expect, it } from 'vitest';
import type { BudgetReport } from '../../../../src-main/contract/prune-report.ts';
import { writeModel } from '../../../../src-main/engine/formats/safetensors/model-file.ts';
import { countNetwork } from '../../../../src-main/engine/networks/counting.ts';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import { playIn } from '../../../../src-main/engine/pruning/experience.ts';
import { granularities } from '../../../../src-main/engine/pruning/granularity/registry.ts';
import type { PruningOutcome } from '../../../../src-main/engine/pruning/pruning-input.ts';
import type { BudgetTarget } from '../../../../src-main/engine/pruning/search/budget.ts';
import { BudgetUnreachableError, pruneToBudget } from '../../../../src-main/engine/pruning/search/prune-to-budget.ts';
import { compact } from '../../../../src-main/engine/pruning/surgery/compact.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import { sampleModel } from '../../networks/sample-models.ts';
import { aiming } from '../recovery/aiming.ts';
import { machine, NANOSECONDS_PER_MAC } from '../machine.ts';

/** Says something smooth of x; what it is to be healed towards. */
function aimer(hidden: readonly number[]): PolicyModel {
  const { description, ...model } = sampleModel({ inputs: 1, hidden, actions: 1, activation: 'tanh' });
  const policy = { kind: 'mean', head: 'q', logStd: [0] } as const;
  return { ...model, description: { ...description, policy, actionSpace: aiming.actionSpace } };
}
const dense = aimer([20, 20]);

const bytesOf = (model: PolicyModel): number => writeModel(compact(model)).length;
const macsOf = ({ description, parameters }: PolicyModel): number => countNetwork(description.network, parameters).macs;
const hiddenUnits = (model: PolicyModel): number =>
  countNetwork(model.description.network, model.parameters).hiddenUnits;

function fit(
  target: BudgetTarget,
  options: { granularity?: string; on?: ReturnType<typeof machine>; model?: PolicyModel } = {},
): Promise<PruningOutcome> {
  const { granularity = 'neuron', on = machine(), model = dense } = options;
  return pruneToBudget(
    {
      dense: model,
      experience: playIn(aiming, {
        train: { first: 0, count: 100 },
        validation: { first: 100, count: 10 },
      }),
      granularity: granularities.get(granularity),
      random: new Random(4),
      ...on,
    },
    target,
  );
}

const microsecondsOf = (budget: BudgetReport | null): number =>
  budget?.kind === 'latency' ? budget.measured.medianMicroseconds : NaN;

describe('bytes', () => {
  it('the largest network that fits: with one more neuron in its smaller layer it would not', async () => {
    const { pruned, budget, stopped, trials } = await fit({ kind: 'bytes', bytes: 1500 });
    expect(stopped).toBe(false);
    expect(budget).toEqual({ kind: 'bytes', allowed: 1500, measured: bytesOf(pruned), met: true });
    expect(bytesOf(pruned)).toBeLessThanOrEqual(1500);
    const [first, second] = pruned.description.network.trunk.map((layer) => (layer.kind === 'dense' ? layer.units : 0));
    const oneMore = first! < second! ? [first! + 1, second!] : [first!, second! + 1];
    expect(bytesOf(aimer(oneMore))).toBeGreaterThan(1500);
    expect(trials.at(-1)!.hiddenUnits).toBe(hiddenUnits(pruned));
    expect(pruned.description.network.input).toEqual(dense.description.network.input);
  });

  it('weights go until the units that they leave behind are few enough', async () => {
    const { pruned, budget } = await fit({ kind: 'bytes', bytes: 1500 }, { granularity: 'weight' });
    expect(budget).toEqual({ kind: 'bytes', allowed: 1500, measured: bytesOf(pruned), met: true });
    expect(bytesOf(pruned)).toBeLessThanOrEqual(1500);
  });

  it('the same seed gives the same network', async () => {
    const [once, again] = await Promise.all([fit({ kind: 'bytes', bytes: 1300 }), fit({ kind: 'bytes', bytes: 1300 })]);
    expect(writeModel(again.pruned)).toEqual(writeModel(once.pruned));
    expect(again.trials).toEqual(once.trials);
  });

  it('what fits already is left as it is', async () => {
    const bytes = bytesOf(dense);
    const outcome = await fit({ kind: 'bytes', bytes });
    expect(outcome).toEqual({
      pruned: dense,
      trials: [],
      budget: { kind: 'bytes', allowed: bytes, measured: bytes, met: true },
      stopped: false,
    });
  });

  it('what no network fits into is refused with what would be enough, and that is enough', async () => {
    const least = bytesOf(aimer([1, 1]));
    const attempt = fit({ kind: 'bytes', bytes: least - 1 });
    await expect(attempt).rejects.toThrow(BudgetUnreachableError);
    await expect(attempt).rejects.toThrow(
      expect.objectContaining({ hint: expect.stringContaining(`at least ${least} bytes`) as string }),
    );
    const { pruned, budget } = await fit({ kind: 'bytes', bytes: least });
    expect(budget).toMatchObject({ measured: least, met: true });
    expect(hiddenUnits(pruned)).toBe(2);
  });

  it('a person who stops gets what there is, and is told that it does not fit', async () => {
    const { pruned, budget, stopped } = await fit({ kind: 'bytes', bytes: 1300 }, { on: machine(undefined, 0) });
    expect(stopped).toBe(true);
    expect(budget).toEqual({ kind: 'bytes', allowed: 1300, measured: bytesOf(pruned), met: false });
  });
});

describe('latency', () => {
  it('the largest network that is fast enough, with a little to spare for the clock', async () => {
    const { pruned, budget } = await fit({ kind: 'latency', microseconds: 2 });
    const measured = microsecondsOf(budget);
    expect(measured).toBeCloseTo(macsOf(compact(pruned)) * NANOSECONDS_PER_MAC * 1e-3, 6);
    expect(measured).toBeLessThanOrEqual(2);
    expect(measured).toBeGreaterThan(1.6);
    expect(budget).toMatchObject({ kind: 'latency', allowed: 2, met: true });
  });

  it('what turns out slower than it was when it was cut is cut again', async () => {
    const slower = machine(({ metricsSeen }) => (metricsSeen.length > 0 ? 1.08 : 1));
    const { pruned, budget, trials } = await fit({ kind: 'latency', microseconds: 4 }, { on: slower });
    expect(trials).toHaveLength(2);
    expect(microsecondsOf(budget)).toBeCloseTo(macsOf(compact(pruned)) * NANOSECONDS_PER_MAC * 1.08e-3, 6);
    expect(budget?.met).toBe(true);
  });

  it('on a machine that becomes ever slower the best attempt is kept, and said not to fit', async () => {
    const overloaded = machine(({ metricsSeen }) => 1 + 100 * metricsSeen.length);
    const { budget, trials } = await fit({ kind: 'latency', microseconds: 2 }, { on: overloaded });
    expect(budget?.met).toBe(false);
    expect(trials.length).toBeGreaterThan(3);
  });

  it('what is fast enough already is left as it is', async () => {
    const microseconds = macsOf(dense) * NANOSECONDS_PER_MAC * 1e-3;
    const { pruned, budget, trials } = await fit({ kind: 'latency', microseconds: microseconds + 1e-6 });
    expect(pruned).toBe(dense);
    expect(trials).toEqual([]);
    expect(microsecondsOf(budget)).toBeCloseTo(microseconds, 6);
  });
});
