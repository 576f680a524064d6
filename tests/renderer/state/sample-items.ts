// Models of a project as lists show them.
import type { ModelItem } from '../../../src-main/contract/api/models.ts';

interface Sample {
  readonly id: string;
  readonly parentId?: string | null;
  readonly name?: string;
  readonly weights?: number;
  readonly nonzero?: number;
  /** Mean return on test seeds; not measured when left out. */
  readonly mean?: number;
  readonly worst?: number;
  readonly imported?: boolean;
}

function testOf(id: string, mean: number, worstReturn: number): ModelItem['test'] {
  const interval = { low: mean, high: mean };
  const seeds = { first: 2_000_000, count: 2 };
  return {
    id: `evaluation-${id}`,
    modelId: id,
    runId: null,
    seeds,
    purpose: 'test',
    createdAt: 0,
    report: {
      environment: 'CartPole-v1',
      deterministic: true,
      seeds,
      summary: {
        episodes: 2,
        mean,
        meanInterval: interval,
        interquartileMean: mean,
        interquartileMeanInterval: interval,
        median: mean,
        standardDeviation: 0,
        standardError: 0,
        min: mean,
        max: mean,
      },
      worstReturn,
      agreement: null,
      latency: null,
    },
  };
}

export function sampleItem(sample: Sample): ModelItem {
  const {
    id,
    parentId = null,
    name = id,
    weights = 100,
    nonzero = weights,
    mean,
    worst = 0,
    imported = false,
  } = sample;
  return {
    model: {
      id,
      projectId: 'project',
      name,
      parentId,
      runId: null,
      description: {
        algorithm: 'dqn',
        network: { input: { shape: [4], scale: 1 }, trunk: [], heads: [], combine: 'concatenate' },
        policy: { kind: 'greedy', head: 'q' },
        actionSpace: { kind: 'discrete', n: 2 },
        gamma: null,
      },
      counts: {
        weights,
        nonzeroWeights: nonzero,
        hiddenUnits: 8,
        macs: weights,
        nonzeroMacs: nonzero,
        bytes: 4 * weights,
      },
      artifactHash: '0'.repeat(64),
      source: imported ? { fileName: 'a.zip', sha256: '0'.repeat(64), notes: [] } : null,
      createdAt: 0,
      deletedAt: null,
    },
    test: mean === undefined ? null : testOf(id, mean, worst),
    validation: null,
  };
}
