import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SparseTraining } from '../../../src-main/contract/recipe.ts';
import type { Agent } from '../../../src-main/engine/agents/agent.ts';
import type { Resumable } from '../../../src-main/engine/agents/saved-state.ts';
import { cartPole } from '../../../src-main/engine/environments/cart-pole.ts';
import type { Masks, Parameters } from '../../../src-main/engine/networks/parameters.ts';
import { policyOnly } from '../../../src-main/engine/networks/select-head.ts';
import { ADAM } from '../../../src-main/engine/numerics/backend.ts';
import { erkDensities } from '../../../src-main/engine/pruning/allocation/erk.ts';
import type { PruningInTraining } from '../../../src-main/engine/pruning/training-to-prune.ts';
import { pruningInTraining } from '../../../src-main/engine/pruning/pruning-in-training.ts';
import { SNIP_UPDATES } from '../../../src-main/engine/pruning/snip-start.ts';
import { prunableKernels } from '../../../src-main/engine/pruning/units.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { resumeFrom, takeCheckpoint } from '../../../src-main/engine/training/checkpoint.ts';
import type { TrainingLoop } from '../../../src-main/engine/training/training-loop.ts';
import { dqnRun, finish, QUICK } from '../training/run-dqn.ts';
import { a2c, policyGradientRun, ppo } from '../training/run-policy-gradient.ts';

const sparse: SparseTraining = {
  kind: 'sparse',
  granularity: 'weight',
  criterion: 'random',
  sparsity: 0.8,
  allocation: 'erk',
  topology: 'static',
  every: 20,
  drop: 0.5,
  until: 0.75,
};

interface Run {
  readonly agent: Agent;
  readonly loop: TrainingLoop;
}
type Hooks = Pick<PruningInTraining, 'masksByGradients'>;
/** A short run of each algorithm; A2C with Adam, so that there are two slots everywhere. */
const ALGORITHMS: Readonly<Record<string, { planned: number; start: (hooks: object) => Run }>> = {
  DQN: { planned: 200, start: (hooks) => dqnRun({ definition: cartPole, totalSteps: 500, ...hooks }) },
  PPO: {
    planned: 144,
    start: (hooks) =>
      policyGradientRun({
        settings: ppo({ normalizeObservations: true }),
        definition: cartPole,
        totalSteps: 1024,
        ...hooks,
      }),
  },
  A2C: {
    planned: 128,
    start: (hooks) =>
      policyGradientRun({ settings: a2c({ optimizer: ADAM }), definition: cartPole, totalSteps: 4096, ...hooks }),
  },
};

/** A run pruned as the training job does it. @param wrap sees what pruning answers */
function sparseRun(
  algorithm: string,
  pruning: SparseTraining,
  wrap: (masksByGradients: NonNullable<Hooks['masksByGradients']>) => Hooks['masksByGradients'] = (same) => same,
): Run & { readonly pruned: PruningInTraining } {
  const { planned, start } = ALGORITHMS[algorithm]!;
  const { description } = start({}).agent.model();
  const pruned = pruningInTraining({ pruning, plannedUpdates: planned, description, random: new Random(3) });
  const run = start({ masksByGradients: wrap(pruned.masksByGradients!) });
  if (pruned.begin !== null) run.agent.setMasks(pruned.begin(run.agent));
  return { ...run, pruned };
}

const counts = (masks: Masks): Record<string, number> =>
  Object.fromEntries(Object.entries(masks).map(([name, mask]) => [name, mask.reduce((sum, keep) => sum + keep, 0)]));

/** Everything that the masks silence is exactly zero, weights and slots. */
function silent({ network, masks }: Agent): boolean {
  const parameters = network.readParameters();
  const { slots } = network.readOptimizer();
  return Object.entries(masks).every(([name, mask]) =>
    [parameters[name]!, ...Object.entries(slots).flatMap(([slot, v]) => (slot.endsWith(`:${name}`) ? [v] : []))].every(
      (values) => values.every((value, i) => mask[i] === 1 || value === 0),
    ),
  );
}

describe.each(Object.keys(ALGORITHMS))('%s', (algorithm) => {
  it('has from the first step on as many weights per layer as ERK says, and none of them in a critic', () => {
    const { agent } = sparseRun(algorithm, sparse);
    const { description } = policyOnly(agent.model());
    const kernels = prunableKernels(description.network).map(({ name, shape }) => ({
      name,
      shape,
      size: shape.reduce((product, dimension) => product * dimension, 1),
    }));
    const densities = erkDensities(kernels, 0.8);
    expect(Object.keys(agent.masks).sort()).toEqual(kernels.map(({ name }) => name).sort());
    kernels.forEach(({ name, size }, l) => {
      expect(Math.abs(counts(agent.masks)[name]! - densities[l]! * size)).toBeLessThan(1);
    });
    expect(silent(agent)).toBe(true);
  });

  it('static: learns with these weights and no others', () => {
    const { agent, loop } = sparseRun(algorithm, sparse);
    const { masks } = agent;
    const before = agent.network.readParameters();
    finish(loop);
    expect(agent.masks).toBe(masks);
    expect(silent(agent)).toBe(true);
    const after = agent.network.readParameters();
    for (const [name, mask] of Object.entries(masks)) {
      expect(after[name]!.some((w, i) => mask[i] === 1 && w !== before[name]![i])).toBe(true);
    }
  });

  it.each(['set', 'rigl'])('%s: rewires on time, at the same density, and new weights begin at zero', (topology) => {
    const rewired: number[] = [];
    const due: { parameters: Parameters; masks: Masks }[] = [];
    const { agent, loop } = sparseRun(algorithm, { ...sparse, topology }, (masksByGradients) => (progress, learner) => {
      const before = learner.masks;
      const masks = masksByGradients(progress, learner);
      if (masks === null) return null;
      rewired.push(progress.update);
      expect(counts(masks)).toEqual(counts(before));
      const parameters = learner.network.readParameters();
      const gradients = learner.network.gradients();
      for (const [name, mask] of Object.entries(masks)) {
        const entries = [...mask.keys()];
        const share = 0.25 * (1 + Math.cos((Math.PI * progress.update) / (0.75 * ALGORITHMS[algorithm]!.planned)));
        const dropped = Math.floor(share * counts(before)[name]!);
        // In the plainest way: sort, cut, sort, cut.
        const kept = entries
          .filter((i) => before[name]![i] === 1)
          .sort((a, b) => Math.abs(parameters[name]![b]!) - Math.abs(parameters[name]![a]!) || a - b)
          .slice(0, counts(before)[name]! - dropped);
        expect(kept.every((i) => mask[i] === 1)).toBe(true);
        if (topology === 'set') continue;
        const grown = entries
          .filter((i) => !kept.includes(i))
          .sort((a, b) => Math.abs(gradients[name]![b]!) - Math.abs(gradients[name]![a]!) || a - b)
          .slice(0, dropped);
        expect(entries.filter((i) => mask[i] === 1)).toEqual([...kept, ...grown].sort((a, b) => a - b));
      }
      due.push({ parameters, masks });
      return masks;
    });
    const initial = counts(agent.masks);
    const learnt = new Set<string>();
    while (loop.advance()) {
      for (const { parameters, masks } of due.splice(0)) {
        // The update that rewired took no step: what stayed is as it was, all else is zero, in the slots too.
        const now = agent.network.readParameters();
        for (const [name, mask] of Object.entries(masks)) {
          expect([...now[name]!]).toEqual([...mask].map((keep, i) => (keep === 1 ? parameters[name]![i] : 0)));
          const zeros = now[name]!.reduce((sum, w, i) => sum + Number(mask[i] === 1 && w === 0), 0);
          if (zeros > 0) learnt.add(name);
        }
        expect(silent(agent)).toBe(true);
      }
    }
    const last = 0.75 * ALGORITHMS[algorithm]!.planned;
    expect(rewired).toEqual([20, 40, 60, 80, 100, 120, 140].filter((update) => update < last));
    expect(counts(agent.masks)).toEqual(initial);
    expect(silent(agent)).toBe(true);
    expect(learnt.size, 'something did grow').toBeGreaterThan(0);
    const end = agent.network.readParameters();
    for (const name of learnt) {
      const stuck = end[name]!.filter((w, i) => w === 0 && agent.masks[name]![i] === 1).length;
      expect(stuck, 'what grew has learnt, but for units that nothing reaches').toBeLessThan(
        counts(agent.masks)[name]!,
      );
    }
  });

  it('SNIP keeps the weights with the largest |w·g| over the first updates, before any has learnt', () => {
    const sums: Record<string, Float64Array> = {};
    const pruning: SparseTraining = { ...sparse, criterion: 'snip', allocation: 'global' };
    const { agent, loop, pruned } = sparseRun(algorithm, pruning, (masksByGradients) => (progress, learner) => {
      if (progress.update < SNIP_UPDATES) {
        for (const [name, gradient] of Object.entries(learner.network.gradients())) {
          const sum = (sums[name] ??= new Float64Array(gradient.length));
          gradient.forEach((g, i) => (sum[i]! += g));
        }
      }
      return masksByGradients(progress, learner);
    });
    expect(pruned.begin).toBeNull();
    expect(pruned.sparseFrom).toBe(SNIP_UPDATES);
    const start = agent.network.readParameters();
    while (loop.update < SNIP_UPDATES - 1) loop.advance();
    expect(agent.masks).toEqual({});
    expect(agent.network.readParameters()).toEqual(start);
    while (loop.update < SNIP_UPDATES) loop.advance();
    const names = prunableKernels(policyOnly(agent.model()).description.network).map(({ name }) => name);
    const scores = names.flatMap((name) =>
      [...start[name]!].map((w, i) => ({ name, i, score: Math.abs(w * Math.fround(sums[name]![i]! / SNIP_UPDATES)) })),
    );
    const best = scores.sort((a, b) => b.score - a.score).slice(0, Math.ceil(0.2 * scores.length));
    const kept = best.filter(({ name, i }) => agent.masks[name]![i] === 1).length;
    // The output layer keeps as many weights as it has outputs, whatever they score.
    expect(kept).toBeGreaterThanOrEqual(best.length - 2);
    const total = Object.values(counts(agent.masks)).reduce((sum, count) => sum + count, 0);
    expect(Math.abs(total - best.length)).toBeLessThanOrEqual(1);
    finish(loop);
    expect(silent(agent)).toBe(true);
  });
});

describe('resuming goes on byte for byte, from anywhere', () => {
  it.each([
    ['DQN', { topology: 'rigl' }],
    ['PPO', { topology: 'set' }],
    ['A2C', { topology: 'rigl', criterion: 'snip' }],
    ['DQN', { topology: 'set', criterion: 'snip' }],
  ] as const)('%s, %o', (algorithm, change) => {
    const make = (): ReturnType<typeof sparseRun> => sparseRun(algorithm, { ...sparse, ...change });
    const parts = ({
      loop,
      agent,
      pruned: { memory },
    }: ReturnType<typeof make>): Readonly<Record<string, Resumable>> => ({
      loop,
      agent,
      ...(memory && { pruning: memory }),
    });
    const whole = make();
    let atoms = 1;
    while (whole.loop.advance()) atoms++;
    const expected = takeCheckpoint(parts(whole));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: atoms }), (cut) => {
        const original = make();
        finish(original.loop, cut);
        const resumed = make();
        resumeFrom(takeCheckpoint(parts(original)), parts(resumed));
        finish(resumed.loop);
        expect(takeCheckpoint(parts(resumed))).toEqual(expected);
      }),
      { numRuns: 12, examples: [[0], [Math.floor(atoms / 2)]] },
    );
  });
});

it('the shares of the run are those of the runs here', () => {
  expect(QUICK.gradientSteps).toBe(2);
  for (const { planned, start } of Object.values(ALGORITHMS)) {
    const { loop } = start({});
    finish(loop);
    expect(loop.update).toBe(planned);
  }
});
