import { describe, expect, it } from 'vitest';
import { freshDqnModel } from '../../../../src-main/engine/agents/dqn/network.ts';
import { DQN_DEFAULTS } from '../../../../src-main/engine/agents/dqn/config.ts';
import { fineTune } from '../../../../src-main/engine/pruning/recovery/fine-tune/fine-tune.ts';
import type { PolicyGradientSettings } from '../../../../src-main/engine/agents/policy-gradient/config.ts';
import type { EnvironmentDefinition } from '../../../../src-main/engine/environments/environment.ts';
import type { PolicyModel } from '../../../../src-main/engine/networks/model.ts';
import { instantiateModel } from '../../../../src-main/engine/evaluation/measure-model.ts';
import { policyOnly } from '../../../../src-main/engine/networks/select-head.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import { recordingContext } from '../../../recording-context.ts';
import { testBackend } from '../../../test-backend.ts';
import { chain } from '../../training/chain.ts';
import { dqnRun, finish } from '../../training/run-dqn.ts';
import { a2c, policyGradientRun, ppo } from '../../training/run-policy-gradient.ts';
import { aiming, linearPolicy } from './aiming.ts';
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

describe('fine-tuning by policy gradients', () => {
  const trained = (settings: PolicyGradientSettings, definition: EnvironmentDefinition): PolicyModel => {
    const { agent: learner, loop } = policyGradientRun({ settings, definition, totalSteps: 10_000 });
    finish(loop);
    const model = policyOnly(learner.model());
    learner.dispose();
    return model;
  };

  /** Walks left, though not by much, wherever it stands. */
  const misled = (model: PolicyModel): PolicyModel => {
    const instance = instantiateModel(testBackend, model);
    const places = Float32Array.from({ length: 36 }, (_, i) => (i % 7 === 0 ? 1 : 0));
    const logits = instance.forward(places, 6).slice();
    instance.dispose();
    const gaps = Array.from({ length: 6 }, (_, place) => logits[2 * place + 1]! - logits[2 * place]!);
    const [left, right] = model.parameters['policy/output/bias']!;
    const bias = Float32Array.of(left! + Math.max(...gaps) + 0.2, right!);
    return { ...model, parameters: { ...model.parameters, 'policy/output/bias': bias } };
  };

  it.each([
    { what: 'PPO', settings: ppo(), updates: 2000 },
    { what: 'A2C', settings: a2c(), updates: 400 },
  ])('$what finds the way again, as the pruned policy that it was', async ({ settings, updates }) => {
    const student = misled(prunedByMagnitude(trained(settings, chain), 0.5));
    expect(meanReturn(student, chain)).toBe(0);
    const session = fineTune.start(recoveryInput({ student, environment: chain, updates }));
    await session.advance(updates / 2);
    session.setMasks(student.masks);
    await session.advance(updates / 2);
    const healed = session.current();
    session.dispose();
    expect(meanReturn(healed, chain)).toBeGreaterThan(0.9);
    expect(healed.description).toEqual(student.description);
    expect(Object.keys(healed.parameters)).toEqual(Object.keys(student.parameters));
    expect(healed.masks).toEqual(student.masks);
    expect(masksHold(healed)).toBe(true);
  });

  it('of continuous actions, behind a normaliser that stays as it is and a trunk that was shared', async () => {
    const { description, ...rest } = linearPolicy(0, 0);
    const { network } = description;
    const normalizer = { mean: [0.1], variance: [2], epsilon: 1e-8, clip: 1e30 };
    const input = { ...network.input, normalizer };
    const student = { ...rest, description: { ...description, network: { ...network, input } } };
    const session = fineTune.start(recoveryInput({ student, environment: aiming, updates: 3000 }));
    await session.advance(3000);
    const healed = session.current();
    session.dispose();
    expect(meanReturn(student, aiming)).toBeLessThan(-3);
    expect(meanReturn(healed, aiming)).toBeGreaterThan(-1);
    expect(healed.description.network).toEqual(student.description.network);
    expect(healed.description.policy).not.toEqual(student.description.policy);
  });
});
