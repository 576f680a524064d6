// Which files have become models already: a file is known by its content, not by its name.
import { createHash } from 'node:crypto';
import type { Model, Project } from '../contract/entity.ts';
import type { NamedFile } from '../contract/job.ts';
import { allModels } from './resolve-source.ts';
import type { Services } from './services.ts';

/** Lower-case hexadecimal SHA-256 of a model's file and the normaliser that came with it. */
export function fingerprint(file: NamedFile, normalizer: NamedFile | null): string {
  const digest = createHash('sha256').update(file.bytes);
  if (normalizer !== null) digest.update(normalizer.bytes);
  return digest.digest('hex');
}

/** The model that a file with this hash became when it was imported for this environment, or for any when it is null. */
export function findImported({ store }: Services, sha256: string, environment: string | null): Model | undefined {
  return allModels(store).find(
    (model) =>
      model.source?.sha256 === sha256 &&
      (environment === null || store.projects.get(model.projectId).environmentId === environment),
  );
}

/** The project that models of an environment go to, made when there is none. */
export function projectOf({ store }: Services, environmentId: string): Project {
  const existing = store.projects.list().find((project) => project.environmentId === environmentId);
  return existing ?? store.projects.create({ name: environmentId, environmentId });
}

/** The file's name without its endings: "dqn-CartPole-v1". */
export function titleOf(fileName: string): string {
  return fileName.replace(/\.(zip|safetensors|json|onnx|pth?)$/i, '') || fileName;
}
