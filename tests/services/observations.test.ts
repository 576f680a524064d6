// Observations given from a page: read in a worker, kept as they are, and pruned on as a file on a disk is.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openObservations } from '../../src-main/services/observations.ts';
import { dataPruneRecipe } from '../contract/recipes.ts';
import { npyOf } from '../engine/formats/observations/write-npy.ts';
import { temporaryFolder } from '../store/temporary-folder.ts';
import { openSampleApplication } from './sample-application.ts';
import { openSampleServices, runWatched } from './sample-services.ts';

const rows = Float32Array.from({ length: 4 * 600 }, (_, i) => Math.sin(i * i));

it('are described, kept, and give the policy that the same file on a disk gives', async () => {
  const services = await openSampleServices();
  const { ask } = await openSampleApplication(services);
  const { model } = await ask('models.import-sample', null);
  const bytes = npyOf(rows, [600, 4]);
  const given = await ask('recipes.give-observations', { modelId: model.id, file: { name: 'seen.npy', bytes } });
  expect(given.described).toEqual({
    rows: 600,
    shape: [4],
    type: 'float32',
    train: 360,
    validation: 120,
    test: 120,
  });
  const kept = await openObservations(services, given.observations);
  expect({ name: kept.name, bytes: new Uint8Array(kept.bytes) }).toEqual({ name: 'seen.npy', bytes });

  const path = join(temporaryFolder(), 'seen.npy');
  writeFileSync(path, bytes);
  const source = { kind: 'model', id: model.id } as const;
  const fromDisk = dataPruneRecipe(source, path);
  const outcomes = [
    await runWatched(services, fromDisk),
    await runWatched(services, { ...fromDisk, observations: given.observations }),
  ];
  const [one, other] = outcomes.map(({ outcome }) => outcome);
  if (one?.kind !== 'prune' || other?.kind !== 'prune') throw new Error('no prunings');
  expect(other.model.artifactHash).toBe(one.model.artifactHash);
});

it('are not kept where they are none, and it is said which row', async () => {
  const services = await openSampleServices();
  const { ask, problem } = await openSampleApplication(services);
  const { model } = await ask('models.import-sample', null);
  const give = (values: Float32Array, width: number): Promise<unknown> =>
    problem('recipes.give-observations', {
      modelId: model.id,
      file: { name: 'seen.npy', bytes: npyOf(values, [values.length / width, width]) },
    });
  expect(await give(rows, 3)).toMatchObject({ code: 'ObservationShapeError' });
  expect(await give(rows.slice(0, 40), 4)).toMatchObject({ code: 'TooFewObservationsError' });
  const damaged = rows.slice();
  damaged[4 * 2 + 1] = NaN;
  const message = expect.stringContaining('row 3, column 2') as string;
  expect(await give(damaged, 4)).toMatchObject({ code: 'NonFiniteObservationError', message });
  expect(services.store.artifacts.sweepUnreferenced(Number.MAX_SAFE_INTEGER)).toBe(0);
});
