import { describe, expect, it } from 'vitest';
import { freshDqnModel } from '../../../../src-main/engine/agents/dqn/network.ts';
import { DQN_DEFAULTS } from '../../../../src-main/engine/agents/dqn/config.ts';
import { fineTune, FineTuneUnsupportedError } from '../../../../src-main/engine/pruning/recovery/fine-tune.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import { sampleModel } from '../../networks/sample-models.ts';
import { recordingContext } from '../../../recording-context.ts';
import { chain } from '../../training/chain.ts';
import { dqnRun, finish } from '../../training/run-dqn.ts';
import { masksHold, meanReturn, prunedByMagnitude, recoveryInput } from './recovering.ts';

const agent = freshDqnModel({ ...DQN_DEFAULTS, hiddenUnits: [12, 12] }, chain, new Random(2));

describe('fine-tuning', () => {
  it('learns on, with the masked weights exactly zero, also those that had momentum when they were cut', async () => {
    const student = prunedByMagnitude(agent, 0.3);
    const session = fineTune.start(recoveryInput({ student, environment: chain, updates: 400 }));
    await session.advance(200);
    const early = session.current();
    expect(masksHold(early)).toBe(true);
    const further = prunedByMagnitude(early, 0.6);
    session.setMasks(further.masks);
    await session.advance(200);
    const late = session.current();
    session.dispose();
    expect(late.masks).toEqual(further.masks);
    expect(masksHold(late)).toBe(true);
    const moved = Object.entries(late.parameters).every(([name, values]) =>
      values.some((value, i) => value !== early.parameters[name]![i] && further.masks[name]?.[i] !== 0),
    );
    expect(moved).toBe(true);
  });

  it('a pruned agent that has come to walk the wrong way finds the right one', async () => {
    const { agent: trained, loop } = dqnRun();
    finish(loop);
    const { parameters, ...rest } = trained.model();
    trained.dispose();
    const [left, right] = parameters['q/bias']!;
    const misled = { ...rest, parameters: { ...parameters, 'q/bias': Float32Array.of(left! + 0.2, right!) } };
    const student = prunedByMagnitude(misled, 0.5);
    const session = fineTune.start(recoveryInput({ student, environment: chain, updates: 2000 }));
    await session.advance(2000);
    const healed = session.current();
    session.dispose();
    expect(meanReturn(student, chain)).toBe(0);
    expect(meanReturn(healed, chain)).toBeGreaterThan(0.9);
  });

  it('does the work it was asked for, and ends early when asked to', async () => {
    const run = async (breaths: number): Promise<{ stopped: boolean; changed: boolean }> => {
      const context = recordingContext(breaths);
      const session = fineTune.start(recoveryInput({ student: agent, environment: chain, updates: 40, context }));
      const stopped = await session.advance(40);
      const { parameters } = session.current();
      session.dispose();
      return { stopped, changed: parameters['q/bias']![0] !== agent.parameters['q/bias']![0] };
    };
    expect(await run(Infinity)).toEqual({ stopped: false, changed: true });
    expect(await run(10), 'before the first update').toEqual({ stopped: true, changed: false });
  });
});

it('refuses an agent of another algorithm, and says what helps instead', () => {
  const start = (): unknown => fineTune.start(recoveryInput({ student: sampleModel({ kind: 'actor-critic' }) }));
  expect(start).toThrow(FineTuneUnsupportedError);
  expect(start).toThrow(/a2c/);
});
