import { describe, expect, it } from 'vitest';
import type { Saliency } from '../../../src-main/contract/saliency.ts';
import { ModelDoesNotFitError } from '../../../src-main/engine/evaluation/model-fits.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { CriterionGranularityError } from '../../../src-main/engine/pruning/granularity/granularity.ts';
import { maskingOf } from './masking-of.ts';
import { NowhereToActError, saliencyOf } from '../../../src-main/engine/pruning/saliency.ts';
import { UnknownNameError } from '../../../src-main/engine/registry.ts';
import { recordingContext } from '../../recording-context.ts';
import { testBackend } from '../../test-backend.ts';
import { sampleModel } from '../networks/sample-models.ts';

const model = sampleModel({ inputs: 4, hidden: [6, 5], actions: 2, kind: 'shared' });

const ask = (
  change: { criterion?: string; granularity?: string; environment?: string | null; model?: PolicyModel } = {},
): Promise<Saliency> =>
  saliencyOf({
    model,
    environment: 'CartPole-v1',
    criterion: 'l1',
    granularity: 'neuron',
    seed: 1,
    backend: testBackend,
    context: recordingContext(),
    ...change,
  });

it('of units: the criterion’s own scores, layer by layer, without the critic', async () => {
  const saliency = await ask({ environment: null });
  expect(saliency).toMatchObject({ criterion: 'l1', granularity: 'neuron', of: 'units' });
  expect(saliency.layers.map(({ layer, shape }) => ({ layer, shape }))).toEqual([
    { layer: 'hidden_0', shape: [4, 6] },
    { layer: 'hidden_1', shape: [6, 5] },
  ]);
  expect(saliency.skipped.map(({ layer }) => layer)).toEqual(['policy/out']);
  const outgoing = model.parameters['policy/out/kernel']!;
  saliency.layers[1]!.scores.forEach((score, unit) => {
    expect(score).toBeCloseTo(Math.abs(outgoing[2 * unit]!) + Math.abs(outgoing[2 * unit + 1]!), 6);
  });
});

it('of weights: one per entry of every kernel; of a pattern too', async () => {
  for (const granularity of ['weight', '2:4']) {
    const { of, layers } = await ask({ granularity, environment: null });
    expect(of).toBe('weights');
    expect(layers.map(({ layer, scores }) => [layer, scores])).toEqual(
      ['hidden_0', 'hidden_1', 'policy/out'].map((name) => [name, model.parameters[`${name}/kernel`]!.map(Math.abs)]),
    );
  }
});

it('what is pruned already scores −Infinity, also where it is estimated', async () => {
  const { network } = model.description;
  const keep = Uint8Array.of(1, 0, 1, 1, 0, 1);
  const masks = maskingOf('neuron').masksFor(network, [{ name: 'hidden_0', keep }]);
  for (const criterion of ['l1', 'shapley']) {
    const { layers } = await ask({ criterion, model: { ...model, masks } });
    expect(Array.from(layers[0]!.scores, Number.isFinite)).toEqual(Array.from(keep, Boolean));
  }
});

it('an estimate says how sure it is and what it adds up to; what is computed does not', async () => {
  const estimated = await ask({ criterion: 'shapley' });
  for (const { scores, estimate } of estimated.layers) {
    expect(estimate!.halfWidths).toHaveLength(scores.length);
    expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(estimate!.total, 5);
  }
  expect(await ask({ criterion: 'shapley' })).toEqual(estimated);
  expect((await ask({ criterion: 'taylor' })).layers.map(({ estimate }) => estimate)).toEqual([null, null]);
});

describe('refuses, and says what is possible', () => {
  it.each([
    { change: { criterion: 'charm' }, error: UnknownNameError, hint: 'lamp' },
    { change: { granularity: 'atom' }, error: UnknownNameError, hint: 'neuron' },
    { change: { criterion: 'activity', granularity: 'weight' }, error: CriterionGranularityError, hint: 'wanda' },
    { change: { criterion: 'activity', environment: null }, error: NowhereToActError, hint: 'norm-product' },
    { change: { criterion: 'activity', environment: 'Nowhere-v0' }, error: UnknownNameError, hint: 'CartPole-v1' },
    { change: { criterion: 'activity', environment: 'Acrobot-v1' }, error: ModelDoesNotFitError, hint: 'environment' },
  ])('$change.criterion $change.granularity $change.environment', async ({ change, error, hint }) => {
    const attempt = ask(change);
    await expect(attempt).rejects.toThrow(error);
    await expect(attempt).rejects.toThrow(expect.objectContaining({ hint: expect.stringContaining(hint) as string }));
  });
});
