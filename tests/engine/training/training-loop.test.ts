import { describe, expect, it } from 'vitest';
import { plannedUpdates } from '../../../src-main/engine/agents/dqn/config.ts';
import type { PolicyGradientSettings } from '../../../src-main/engine/agents/policy-gradient/config.ts';
import type { Masks } from '../../../src-main/engine/networks/parameters.ts';
import { takeCheckpoint } from '../../../src-main/engine/training/checkpoint.ts';
import type { EpisodeReport, TrainingObserver } from '../../../src-main/engine/training/training-observer.ts';
import { dqnRun, finish, QUICK, type DqnRunOptions } from './run-dqn.ts';
import { a2c, policyGradientRun, ppo } from './run-policy-gradient.ts';

const normalized = { normalizeObservations: true, normalizeRewards: true } as const;

/** Remembers the episodes. */
class EpisodeLog implements TrainingObserver {
  readonly episodes: EpisodeReport[] = [];

  onEpisode(episode: EpisodeReport): undefined {
    this.episodes.push(episode);
  }
}

function trained(options: Omit<DqnRunOptions, 'observers'>): EpisodeReport[] {
  const log = new EpisodeLog();
  finish(dqnRun({ ...options, observers: [log] }).loop);
  return log.episodes;
}

const meanLength = (episodes: readonly EpisodeReport[]): number =>
  episodes.reduce((sum, { episodeLength }) => sum + episodeLength, 0) / episodes.length;

describe('learning the chain', () => {
  it.each([
    { variant: 'plain', config: QUICK, environments: 1 },
    { variant: 'double, 3-step, 4 environments', config: { ...QUICK, doubleQ: true, nStep: 3 }, environments: 4 },
    {
      variant: 'prioritised replay',
      config: { ...QUICK, prioritizedReplay: { alpha: 0.6, beta: 0.4, epsilon: 1e-6 } },
      environments: 1,
    },
    { variant: 'dueling', config: { ...QUICK, dueling: true }, environments: 1 },
  ])('beats random by far: $variant', ({ config, environments }) => {
    const random = trained({ config: { ...config, learningRate: 1e-12, explorationFinal: 1 }, environments });
    const agent = trained({ config, environments });
    expect(meanLength(random)).toBeGreaterThan(15);
    // Six places, a slip in ten steps, and one step in twenty explores: 7.1 steps if all else is right.
    expect(meanLength(agent.slice(-30))).toBeLessThan(8.5);
  });
});

describe('learning the chain by policy gradients', () => {
  function trainedBy(settings: PolicyGradientSettings, totalSteps: number): EpisodeReport[] {
    const log = new EpisodeLog();
    finish(policyGradientRun({ settings, totalSteps, observers: [log] }).loop);
    return log.episodes;
  }

  it.each([
    { variant: 'PPO', settings: ppo() },
    { variant: 'PPO, everything normalised and clipped', settings: ppo({ ...normalized, valueClip: 0.2 }) },
    { variant: 'A2C', settings: a2c() },
    { variant: 'REINFORCE with a baseline', settings: a2c({ gaeLambda: 1, nSteps: 20, learningRate: 1e-2 }) },
  ])('beats random by far: $variant', ({ settings }) => {
    const random = trainedBy(a2c({ learningRate: 1e-12 }), 4000);
    const agent = trainedBy(settings, 20_000);
    expect(meanLength(random)).toBeGreaterThan(15);
    // Six places and a slip in ten steps: 6.7 steps if all else is right.
    expect(meanLength(agent.slice(-100))).toBeLessThan(8);
  });
});

describe('determinism', () => {
  it('the same seed gives the same bytes, another seed others', () => {
    const bytes = (seed: number): Uint8Array => {
      const run = dqnRun({ seed, totalSteps: 400 });
      finish(run.loop);
      return takeCheckpoint({ loop: run.loop, agent: run.agent });
    };
    const first = bytes(5);
    expect(bytes(5)).toEqual(first);
    expect(bytes(6)).not.toEqual(first);
  });
});

describe('episodes', () => {
  it('take seed after seed, and report what happened', () => {
    const episodes = trained({ environments: 3 }).toSorted((a, b) => a.episode - b.episode);
    expect(episodes.length).toBeGreaterThan(100);
    episodes.forEach((report, index) => {
      expect(report.episode).toBe(index);
      expect(report.seed).toBe(100 + index);
      expect(report.episodeReturn).toBe(report.truncated ? 0 : 1);
      if (report.truncated) expect(report.episodeLength).toBe(20);
    });
  });
});

describe('observers', () => {
  it('are told of every step and every update', () => {
    const seen = { steps: 0, updates: 0 };
    const counting: TrainingObserver = {
      onStep() {
        seen.steps++;
      },
      onUpdate({ loss }) {
        if (loss! >= 0) seen.updates++;
      },
    };
    const { loop } = dqnRun({ environments: 2, totalSteps: 500, observers: [counting] });
    finish(loop);
    expect(seen).toEqual({ steps: 250, updates: plannedUpdates(QUICK, 500) });
    expect([loop.step, loop.update]).toEqual([500, seen.updates]);
    expect(loop.finished).toBe(true);
    expect(loop.advance()).toBe(false);
    expect(seen.steps).toBe(250);
  });

  it('stop the run with false, and all of them hear of it', () => {
    let heard = 0;
    const stopping: TrainingObserver = { onUpdate: (_, { update }) => (update === 10 ? false : undefined) };
    const listening: TrainingObserver = {
      onUpdate() {
        heard++;
      },
    };
    const { loop } = dqnRun({ observers: [stopping, listening] });
    finish(loop);
    expect([loop.update, heard]).toEqual([10, 10]);
    expect(loop.finished).toBe(false);
    finish(loop); // goes on when asked to
    expect(loop.finished).toBe(true);
  });
});

describe('masksAt', () => {
  it('is asked before every update, and what it prunes stays pruned', () => {
    const asked: number[] = [];
    const { agent, loop } = dqnRun({
      totalSteps: 600,
      masksAt({ update }, { network }): Masks | null {
        asked.push(update);
        if (update !== 20 && update !== 100) return null;
        const { length } = network.readParameters()['dense_1/kernel']!;
        const keep = update === 20 ? 0.5 : 0.25;
        return { 'dense_1/kernel': Uint8Array.from({ length }, (_, i) => Number(i < keep * length)) };
      },
    });
    finish(loop);
    expect(asked).toEqual(Array.from({ length: plannedUpdates(QUICK, 600) }, (_, i) => i));
    const kernel = agent.model().parameters['dense_1/kernel']!;
    expect(kernel.subarray(0, kernel.length / 4).every((weight) => weight !== 0)).toBe(true);
    expect(kernel.subarray(kernel.length / 4).every((weight) => weight === 0)).toBe(true);
  });
});
