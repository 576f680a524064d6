// Entities to put into a store.
import type { Model, Project, Run } from '../../src-main/contract/entity.ts';
import type { Store } from '../../src-main/store/store.ts';

export function sampleProject(store: Store): Project {
  return store.projects.create({ name: 'Cart and pole', environmentId: 'CartPole-v1' });
}

export function sampleRun(store: Store, projectId: string): Run {
  return store.runs.create({
    projectId,
    kind: 'prune',
    recipe: { criterion: 'magnitude', targets: [0.5, 0.9] },
    seed: 2 ** 40,
    versions: { secateur: '0.1.0', node: '24.0.0', backend: 'kernels' },
  });
}

export async function sampleModel(store: Store, projectId: string, parentId: string | null = null): Promise<Model> {
  const { hash, size } = await store.artifacts.put(
    'model',
    new TextEncoder().encode(`model of ${parentId ?? 'nobody'}`),
  );
  return store.models.create({
    projectId,
    name: 'A policy',
    parentId,
    runId: null,
    description: {
      algorithm: 'dqn',
      network: {
        input: { shape: [4], scale: 1 },
        trunk: [{ kind: 'dense', name: 'hidden', units: 8, activation: 'relu' }],
        heads: [{ name: 'q', layers: [{ kind: 'dense', name: 'q/output', units: 2, activation: 'linear' }] }],
        combine: 'concatenate',
      },
      policy: { kind: 'greedy', head: 'q' },
      actionSpace: { kind: 'discrete', n: 2 },
      gamma: 0.99,
    },
    counts: { weights: 48, nonzeroWeights: 40, hiddenUnits: 8, macs: 48, nonzeroMacs: 40, bytes: size },
    artifactHash: hash,
    source: { fileName: 'agent.zip', sha256: hash, notes: ['gamma was not in the file'] },
  });
}
