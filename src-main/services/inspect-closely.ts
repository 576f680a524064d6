// What the layers of a stored model are made of; the statistics are computed once.
import type { KernelBytes } from '../contract/api/inspection.ts';
import { bytesOfFloats } from '../contract/floats.ts';
import { jsonSchema, UNASSIGNED } from '../contract/entity.ts';
import { explanationSchema, type Explanation } from '../contract/explanation.ts';
import { modelStatisticsSchema, type ModelStatistics } from '../contract/statistics.ts';
import type { Services } from './services.ts';

/** To be changed when the statistics change. */
const STATISTICS = 'statistics 1';
/** The same for what is said of the inputs. */
const EXPLANATION = 'explanation 1';

/** @throws RecordNotFoundError, ArtifactCorruptError */
export async function modelStatistics({ store, jobHost }: Services, id: string): Promise<ModelStatistics> {
  const { artifactHash } = store.models.get(id);
  const kept = modelStatisticsSchema.safeParse(store.analyses.find(artifactHash, STATISTICS));
  if (kept.success) return kept.data;
  const model = await store.artifacts.get(artifactHash);
  const result = await jobHost.start({ kind: 'statistics', model }, () => undefined).result;
  if (result.kind !== 'statistics') throw new TypeError(`a statistics job answered with a ${result.kind} result`);
  store.analyses.keep(artifactHash, STATISTICS, jsonSchema.parse(result.statistics));
  return result.statistics;
}

/** @throws RecordNotFoundError, ArtifactCorruptError */
export async function explanationOf({ store, jobHost }: Services, id: string): Promise<Explanation> {
  const { artifactHash, projectId } = store.models.get(id);
  const { environmentId } = store.projects.get(projectId);
  const environment = environmentId === UNASSIGNED ? null : environmentId;
  const question = `${EXPLANATION} ${environmentId}`;
  const kept = explanationSchema.safeParse(store.analyses.find(artifactHash, question));
  if (kept.success) return kept.data;
  const model = await store.artifacts.get(artifactHash);
  const result = await jobHost.start({ kind: 'explain', model, playedIn: environment }, () => undefined).result;
  if (result.kind !== 'explain') throw new TypeError(`an explain job answered with a ${result.kind} result`);
  store.analyses.keep(artifactHash, question, jsonSchema.parse(result.explanation));
  return result.explanation;
}

/** @throws RecordNotFoundError, ArtifactCorruptError, NoSuchKernelError */
export async function kernelOf({ store, jobHost }: Services, id: string, layer: string): Promise<KernelBytes> {
  const model = await store.artifacts.get(store.models.get(id).artifactHash);
  const result = await jobHost.start({ kind: 'kernel', model, layer }, () => undefined).result;
  if (result.kind !== 'kernel') throw new TypeError(`a kernel job answered with a ${result.kind} result`);
  const { kernel } = result;
  return { ...kernel, values: bytesOfFloats(kernel.values), bias: bytesOfFloats(kernel.bias) };
}
