import { describe, expect, it } from 'vitest';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { BestPolicies } from '../../../src-main/engine/training/best-policies.ts';
import { resumeFrom, takeCheckpoint } from '../../../src-main/engine/training/checkpoint.ts';
import {
  PeriodicEvaluation,
  type PeriodicEvaluationOptions,
} from '../../../src-main/engine/training/periodic-evaluation.ts';
import type { TrainingObserver } from '../../../src-main/engine/training/training-observer.ts';
import { dqnRun, finish, type DqnRun } from './run-dqn.ts';

/** A run whose evaluations give `scores` one after the other. */
function evaluatedRun(
  scores: readonly number[],
  {
    evaluated = [],
    ...options
  }: { evaluated?: PolicyModel[] } & Pick<PeriodicEvaluationOptions, 'eligible' | 'strongest'> = {},
): DqnRun & { evaluation: PeriodicEvaluation } {
  // The evaluation needs the agent, and the agent's loop the evaluation.
  const observers: TrainingObserver[] = [];
  const run = dqnRun({ environments: 3, totalSteps: 500, observers });
  const evaluate = (model: PolicyModel): number => scores[evaluated.push(model) - 1]!;
  const evaluation = new PeriodicEvaluation({ agent: run.agent, every: 100, evaluate, ...options });
  observers.push(evaluation);
  return { ...run, evaluation };
}

describe('PeriodicEvaluation', () => {
  it('draws a learning curve and keeps the best policy, the latest of equals', () => {
    const models: PolicyModel[] = [];
    const { loop, evaluation } = evaluatedRun([1, 7, 3, 7, 2], { evaluated: models });
    finish(loop);
    expect(evaluation.curve.map(({ step, score }) => [step, score])).toEqual([
      [102, 1],
      [201, 7],
      [300, 3],
      [402, 7],
      [501, 2],
    ]);
    expect(evaluation.best).toEqual({ ...evaluation.curve[3], model: models[3] });
    expect(models[3]!.parameters).not.toEqual(models[4]!.parameters);
  });

  it('passes over policies that are not eligible', () => {
    const { loop, evaluation } = evaluatedRun([9, 7, 3, 5, 2], { eligible: ({ step }) => step > 250 });
    finish(loop);
    expect(evaluation.curve).toHaveLength(5);
    expect(evaluation.best).toMatchObject({ step: 402, score: 5 });
  });

  it('keeps the strongest of all beside it for who asks, in checkpoints too', () => {
    const options = (): { eligible: NonNullable<PeriodicEvaluationOptions['eligible']>; strongest: BestPolicies } => ({
      eligible: ({ step }) => step > 250,
      strongest: new BestPolicies(3),
    });
    const models: PolicyModel[] = [];
    const kept = options();
    const { loop, evaluation, agent } = evaluatedRun([9, 7, 3, 5, 2], { ...kept, evaluated: models });
    finish(loop);
    expect(kept.strongest.ranked).toEqual([0, 1, 3].map((i) => ({ ...evaluation.curve[i], model: models[i] })));
    expect(evaluation.best).toMatchObject({ score: 5 });

    const again = options();
    const resumed = evaluatedRun([], again);
    resumeFrom(takeCheckpoint({ loop, agent, evaluation }), {
      loop: resumed.loop,
      agent: resumed.agent,
      evaluation: resumed.evaluation,
    });
    expect(again.strongest.ranked).toEqual(kept.strongest.ranked);
    expect(resumed.evaluation.best).toEqual(evaluation.best);
  });

  it('leaves training as it is', () => {
    const evaluated = evaluatedRun([1, 2, 3, 4, 5]);
    const alone = dqnRun({ environments: 3, totalSteps: 500 });
    finish(evaluated.loop);
    finish(alone.loop);
    expect(evaluated.agent.model()).toEqual(alone.agent.model());
  });

  it('goes on from a checkpoint', () => {
    const uninterrupted = evaluatedRun([1, 7, 3, 4, 2]);
    finish(uninterrupted.loop);
    const { evaluation, ...original } = evaluatedRun([1, 7, 3, 4, 2]);
    while (original.loop.step < 250) original.loop.advance();
    const resumed = evaluatedRun([3, 4, 2]);
    const { loop, agent } = resumed;
    resumeFrom(takeCheckpoint({ ...original, evaluation }), { loop, agent, evaluation: resumed.evaluation });
    finish(loop);
    expect(resumed.evaluation.curve).toEqual(uninterrupted.evaluation.curve);
    expect(resumed.evaluation.best).toEqual(uninterrupted.evaluation.best);
  });
});
