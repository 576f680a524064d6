import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NStepTransitions } from '../../../../src-main/engine/agents/dqn/n-step.ts';
import { ReplayBuffer } from '../../../../src-main/engine/agents/dqn/replay.ts';

const GAMMA = 0.9;

interface Step {
  readonly reward: number;
  readonly end: 'none' | 'terminated' | 'truncated';
}

interface Transition {
  readonly state: number;
  readonly reward: number;
  readonly discount: number;
  readonly next: number;
}

/** The definition, looking ahead in one environment's steps. Step t departs from state t and arrives at t + ½. */
function byDefinition(steps: readonly Step[], nStep: number): Transition[] {
  const transitions: Transition[] = [];
  for (let t = 0; t < steps.length; t++) {
    let reward = 0;
    for (let k = 0; k < nStep && t + k < steps.length; k++) {
      const step = steps[t + k]!;
      reward += GAMMA ** k * step.reward;
      if (step.end !== 'none' || k === nStep - 1) {
        const discount = step.end === 'terminated' ? 0 : GAMMA ** (k + 1);
        transitions.push({ state: t, reward, discount, next: t + k + 0.5 });
        break;
      }
    }
  }
  return transitions;
}

/** What the replay holds after `lanes`, which are as many environments' steps, have been played side by side. */
function played(lanes: readonly (readonly Step[])[], nStep: number, reload: boolean): Transition[][] {
  const environments = lanes.length;
  const replay = new ReplayBuffer({ capacity: 1000, observationSize: 2 });
  const make = (): NStepTransitions =>
    new NStepTransitions({ nStep, gamma: GAMMA, environments, observationSize: 2, replay });
  let transitions = make();
  for (let t = 0; t < lanes[0]!.length; t++) {
    const rows = (state: number): Float32Array => Float32Array.from(lanes.flatMap((_, lane) => [lane, state]));
    transitions.depart(
      rows(t),
      Int32Array.from(lanes, (_, lane) => 10 * lane + (t % 10)),
    );
    transitions.arrive({
      rewards: Float32Array.from(lanes, (lane) => lane[t]!.reward),
      terminated: Uint8Array.from(lanes, (lane) => Number(lane[t]!.end === 'terminated')),
      truncated: Uint8Array.from(lanes, (lane) => Number(lane[t]!.end === 'truncated')),
      observations: rows(t + 0.5),
    });
    if (reload) {
      const state = structuredClone(transitions.saveState());
      transitions = make();
      transitions.loadState(state);
    }
  }
  const { observations, actions, rewards, discounts, nextObservations } = replay.saveState().arrays;
  const result: Transition[][] = lanes.map(() => []);
  for (let row = 0; row < replay.size; row++) {
    const lane = observations![2 * row]!;
    const state = observations![2 * row + 1]!;
    expect(actions![row]).toBe(10 * lane + (state % 10));
    expect(nextObservations![2 * row]).toBe(lane);
    result[lane]!.push({
      state,
      reward: rewards![row]!,
      discount: discounts![row]!,
      next: nextObservations![2 * row + 1]!,
    });
  }
  return result;
}

const step = fc.record({
  reward: fc.integer({ min: -5, max: 5 }),
  end: fc.oneof(
    { weight: 6, arbitrary: fc.constant('none' as const) },
    { weight: 1, arbitrary: fc.constantFrom('terminated' as const, 'truncated' as const) },
  ),
});

describe('NStepTransitions', () => {
  it.each([false, true])('agrees with the definition in every environment (saved and loaded between: %s)', (reload) => {
    const lanes = fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 25 }))
      .chain(([count, length]) =>
        fc.array(fc.array(step, { minLength: length, maxLength: length }), { minLength: count, maxLength: count }),
      );
    fc.assert(
      fc.property(lanes, fc.integer({ min: 1, max: 5 }), (steps, nStep) => {
        const actual = played(steps, nStep, reload);
        steps.forEach((lane, index) => {
          const expected = byDefinition(lane, nStep);
          const own = actual[index]!.toSorted((a, b) => a.state - b.state);
          expect(own.map(({ state, next }) => [state, next])).toEqual(expected.map(({ state, next }) => [state, next]));
          own.forEach(({ reward, discount }, i) => {
            expect(reward).toBeCloseTo(expected[i]!.reward, 4);
            expect(discount).toBeCloseTo(expected[i]!.discount, 6);
          });
        });
      }),
    );
  });
});
