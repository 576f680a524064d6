// Whether somebody looks or not, a run computes the same.
import { expect, it } from 'vitest';
import type { RunContext } from '../../src-main/engine/run-context.ts';
import { writeModel } from '../../src-main/engine/formats/safetensors/model-file.ts';
import type { PolicyModel } from '../../src-main/engine/networks/model.ts';
import { prune } from '../../src-main/engine/pruning/prune.ts';
import { train } from '../../src-main/engine/training/train.ts';
import { byHand, pruneRecipe, trainRecipe } from '../contract/recipes.ts';
import { recordingContext, type RecordingContext } from '../recording-context.ts';
import { testBackend } from '../test-backend.ts';
import { sampleModel } from './networks/sample-models.ts';

interface Watched {
  readonly context: RecordingContext;
  /** The steps of all policies that were shown, and the last of them. */
  readonly steps: number[];
  readonly last: () => PolicyModel;
}

/** Looks at every policy that is offered, some of them twice, some of them late. */
function watched(): Watched {
  const steps: number[] = [];
  let last: (() => PolicyModel) | null = null;
  const base = recordingContext();
  const offerPolicy: RunContext['offerPolicy'] = (step, policy) => {
    writeModel(policy());
    steps.push(step);
    last = policy;
  };
  const breathe = (): Promise<boolean> => {
    if (last !== null && steps.length % 7 === 0) writeModel(last());
    return base.breathe();
  };
  return { context: { ...base, offerPolicy, breathe }, steps, last: () => last!() };
}

const pruning = {
  kind: 'gradual' as const,
  granularity: 'weight',
  criterion: 'l1',
  sparsity: 0.5,
  allocation: 'global',
  schedule: 'polynomial',
  steps: 3,
  from: 0.2,
  to: 0.8,
};

it('training: the same metrics and the same model, whose bytes are what was shown last', async () => {
  const recipe = trainRecipe({ steps: 600, pruning });
  const checkpoints: Uint8Array[] = [];
  const input = { recipe, backend: testBackend, checkpoint: null };
  const alone = recordingContext();
  const expected = await train({
    ...input,
    context: alone,
    saveCheckpoint: (_, bytes) => checkpoints.push(bytes),
  });
  const { context, steps, last } = watched();
  const seen = await train({
    ...input,
    context,
    saveCheckpoint: (_, bytes) => {
      expect(bytes).toEqual(checkpoints.shift());
    },
  });
  expect(writeModel(seen.model)).toEqual(writeModel(expected.model));
  expect(seen.test).toEqual(expected.test);
  expect(context.metricsSeen).toEqual(alone.metricsSeen);
  expect(checkpoints).toEqual([]);
  expect(steps.length).toBeGreaterThan(600);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  expect(writeModel(last())).toEqual(writeModel(expected.model));
});

it.each([
  ['by hand', { ...byHand, recovery: { method: 'distill', updates: 250 } }],
  ['automatic', { kind: 'automatic', target: { kind: 'return', keep: 0.5 } }],
] as const)('pruning %s: the same model, which is what was shown last', async (_, method) => {
  const model = sampleModel({ inputs: 4, hidden: [6], actions: 2 });
  const recipe = pruneRecipe({ kind: 'file', path: '-', normalizer: null }, { method });
  const alone = recordingContext();
  const expected = await prune({ model, recipe, backend: testBackend, context: alone });
  const { context, steps, last } = watched();
  const seen = await prune({ model, recipe, backend: testBackend, context });
  expect(writeModel(seen.model)).toEqual(writeModel(expected.model));
  expect(context.metricsSeen).toEqual(alone.metricsSeen);
  expect(steps.length).toBeGreaterThan(2);
  expect(writeModel(last())).toEqual(writeModel(expected.model));
});
