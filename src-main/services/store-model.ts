// A new model in the store: its bytes as an artifact first, then its row.
import type { Model, ModelSource } from '../contract/entity.ts';
import type { MadeModel } from '../contract/job.ts';
import type { Services } from './services.ts';

/** @throws DiskFullError, NotWritableError */
export async function storeModel(
  { store }: Services,
  made: {
    readonly projectId: string;
    readonly name: string;
    readonly parentId: string | null;
    readonly runId: string | null;
    readonly model: MadeModel;
    readonly source: ModelSource | null;
  },
): Promise<Model> {
  const { model, ...row } = made;
  const { bytes, description, count } = model;
  const artifact = await store.artifacts.put('model', bytes);
  const { weights, nonzeroWeights, hiddenUnits, macs, nonzeroMacs } = count;
  return store.models.create({
    ...row,
    description,
    counts: { weights, nonzeroWeights, hiddenUnits, macs, nonzeroMacs, bytes: bytes.byteLength },
    artifactHash: artifact.hash,
  });
}
