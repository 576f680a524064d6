import { describe, expect, it } from 'vitest';
import type { Action, EnvironmentDefinition } from '../../../../src-main/engine/environments/environment.ts';
import { instantiateModel } from '../../../../src-main/engine/evaluation/measure-model.ts';
import { modelPolicy } from '../../../../src-main/engine/evaluation/policy.ts';
import { runEpisodes } from '../../../../src-main/engine/evaluation/run-episodes.ts';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import { trainingSeeds } from '../../../../src-main/engine/pruning/training-seeds.ts';
import { Validation } from '../../../../src-main/engine/pruning/search/validation.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import { testBackend } from '../../../test-backend.ts';
import { aiming, linearPolicy } from '../recovery/aiming.ts';

const seeds = { first: 300, count: 40 };
const dense = linearPolicy(1.5, -0.3);
const worse = linearPolicy(1.2, -0.1);

function returnsOf(model: PolicyModel, environment: EnvironmentDefinition = aiming): number[] {
  const instance = instantiateModel(testBackend, model);
  const policy = modelPolicy(instance, model.description);
  const episodes = Array.from({ length: seeds.count }, (_, i) => seeds.first + i);
  const { returns } = runEpisodes({ environment, policy, seeds: episodes });
  instance.dispose();
  return [...returns];
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const judgeIn = (environment: EnvironmentDefinition, train = 7000): Validation =>
  new Validation({
    dense,
    environment,
    seeds,
    nextTrainingSeed: trainingSeeds({ first: train, count: 1000 }),
    backend: testBackend,
    random: new Random(1),
  });
const validation = judgeIn(aiming);

it('the dense policy keeps all of itself, for certain', () => {
  const verdict = validation.judge(dense);
  expect(verdict.meanReturn).toBeCloseTo(mean(returnsOf(dense)), 12);
  expect(verdict.keptShare).toBe(1);
  expect(verdict.certainShare).toBe(1);
  expect(validation.quickShare(dense)).toBe(1);
});

it('another is judged on the same episodes; what is certain lies above random play, less 1.645 standard errors', () => {
  const [ours, theirs] = [returnsOf(worse), returnsOf(dense)];
  const differences = ours.map((value, i) => value - theirs[i]!);
  const spread = mean(differences.map((d) => (d - mean(differences)) ** 2)) * (seeds.count / (seeds.count - 1));
  const margin = 1.645 * Math.sqrt(spread / seeds.count);
  const { worstReturn } = aiming;
  const verdict = validation.judge(worse);
  expect(verdict.meanReturn).toBeCloseTo(mean(ours), 9);
  expect(verdict.keptShare).toBeCloseTo((mean(ours) - worstReturn) / (mean(theirs) - worstReturn), 9);
  expect(verdict.certainShare).toBeLessThan(verdict.keptShare);
  // share = (ours − margin − floor) / (theirs − floor), so the floor follows; a random action misses 1.5 x − 0.3 by
  // E|a − t| = 1 + E[t²]/4 = 1 + (2.25/3 + 0.09)/4 on average, five times per episode.
  const share = verdict.certainShare;
  const floor = (mean(ours) - margin - share * mean(theirs)) / (1 - share);
  expect(Math.abs(floor + 5 * 1.21)).toBeLessThan(0.6);
});

it('of a positive return, what is certain is a share of the return itself, however low random play falls', () => {
  // Half a point more per step: random play still loses, the dense policy earns 2.5.
  const earning: EnvironmentDefinition = {
    ...aiming,
    createWorld: () => {
      const world = aiming.createWorld();
      return Object.assign(Object.create(world) as typeof world, {
        reset: (random: Random) => {
          world.reset(random);
        },
        step: (action: Action) => world.step(action) + 0.5,
        observe: (target: Float32Array, offset: number) => {
          world.observe(target, offset);
        },
      });
    },
  };
  const judging = judgeIn(earning);
  const [ours, theirs] = [returnsOf(worse, earning), returnsOf(dense, earning)];
  const differences = ours.map((value, i) => value - theirs[i]!);
  const spread = mean(differences.map((d) => (d - mean(differences)) ** 2)) * (seeds.count / (seeds.count - 1));
  const margin = 1.645 * Math.sqrt(spread / seeds.count);
  expect(mean(theirs)).toBeCloseTo(2.5, 6);
  expect(judging.judge(worse).certainShare).toBeCloseTo((mean(ours) - margin) / mean(theirs), 9);
});

/** The same judge, had it had those training episodes to begin with. */
const judgeOfTraining = (first: number, count: number): Validation =>
  new Validation({
    dense,
    environment: aiming,
    seeds: { first, count },
    nextTrainingSeed: trainingSeeds({ first: 0, count: 1000 }),
    backend: testBackend,
    random: new Random(1),
  });

/** Above the return of random play, −5 · 1.21 (see above). */
const shareOf = ({ meanReturn }: { readonly meanReturn: number }, denseReturn: number): number =>
  (meanReturn + 5 * 1.21) / (denseReturn + 5 * 1.21);

it('confirms by four times as many fresh training episodes, without a margin', () => {
  const there = judgeOfTraining(7000, 4 * seeds.count);
  const verdict = there.judge(worse);
  const share = shareOf(verdict, there.judge(dense).meanReturn);
  expect(verdict.certainShare).toBeLessThan(share);
  const judging = judgeIn(aiming);
  for (const keep of [share - 0.03, share + 0.03, share - 0.03])
    expect(judging.confirms(worse, keep)).toBe(keep < share);
  expect(judging.confirms(dense, 1)).toBe(true);
});

it('scores by twice as many, and confirms by others than those', () => {
  const judging = judgeIn(aiming);
  const all = judgeOfTraining(7000, 2 * seeds.count);
  for (const model of [worse, dense]) expect(judging.score(model)).toBeCloseTo(all.judge(model).meanReturn, 9);
  const there = judgeOfTraining(7000 + 2 * seeds.count, 4 * seeds.count);
  const share = shareOf(there.judge(worse), there.judge(dense).meanReturn);
  for (const keep of [share - 0.03, share + 0.03]) expect(judging.confirms(worse, keep)).toBe(keep < share);
});

describe('masks', () => {
  it('count: what is masked does not act', () => {
    const masks = { 'policy/out/kernel': Uint8Array.of(1, 0) };
    const half = linearPolicy(0.75, -0.3);
    expect(validation.judge({ ...dense, masks }).meanReturn).toBeCloseTo(validation.judge(half).meanReturn, 6);
  });
});
