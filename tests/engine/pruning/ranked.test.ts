import { expect, it } from 'vitest';
import { ranked } from '../../../src-main/engine/pruning/ranked.ts';
import { recordingContext } from '../../recording-context.ts';
import { linearPolicy } from './recovery/aiming.ts';

const models = [1, 3, 2, 3].map((slope) => linearPolicy(slope, 0));
const slopeOf = (model: (typeof models)[number]): number => 2 * model.parameters['policy/out/kernel']![0]!;

it('the best comes first, equals in order', async () => {
  const all = await ranked(models, slopeOf, recordingContext());
  expect(all.map(({ model }) => models.indexOf(model))).toEqual([1, 3, 2, 0]);
  expect(all.map(({ score }) => score)).toEqual([3, 3, 2, 1]);
});

it('breathes after each, and who stops gets the best of those that were scored', async () => {
  const some = await ranked(models, slopeOf, recordingContext(1));
  expect(some.map(({ model }) => models.indexOf(model))).toEqual([1, 0]);
  expect(await ranked(models, slopeOf, recordingContext(0))).toEqual([{ model: models[0], score: 1 }]);
});

it('breathes as the context that it is, which may have a state of its own', async () => {
  class Breathing {
    breaths = 0;
    breathe(): Promise<boolean> {
      this.breaths++;
      return Promise.resolve(false);
    }
  }
  const context = new Breathing();
  await ranked(models, slopeOf, context);
  expect(context.breaths).toBe(models.length);
});
