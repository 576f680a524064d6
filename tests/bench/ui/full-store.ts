// A store as somebody has it after a year: 1 000 models of one agent, and runs with a million metric points.
import { readFileSync } from 'node:fs';
import { jsonSchema } from '../../../src-main/contract/entity.ts';
import { METRIC } from '../../../src-main/contract/metric-names.ts';
import { openServices } from '../../../src-main/hosts/open-services.ts';
import { importModel } from '../../../src-main/services/import-model.ts';
import type { JobHost } from '../../../src-main/services/job-host.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { RunControl } from '../../../src-main/services/run-control.ts';
import { runRecipe } from '../../../src-main/services/run-recipe.ts';
import { evaluateRecipe, trainRecipe } from '../../contract/recipes.ts';
import { sampleAgent } from '../../services/sample-services.ts';

const MODELS = 1000;
const RUNS = 20;
/** Of each series of a run; with 5 series and 20 runs, a million points. */
const STEPS = 10_000;
const SERIES = [METRIC.trainingReturn, 'loss', 'epsilon', METRIC.sparsity, METRIC.throughput];
const BATCH = 500;

export interface FullStore {
  readonly projectId: string;
  readonly modelIds: readonly string[];
  readonly runIds: readonly string[];
}

export async function fillStore(folder: string, jobHost: JobHost): Promise<FullStore> {
  const services = await openServices({ storeFolder: folder, jobHost });
  const { store } = services;
  const random = new Random(1);
  const { model: dense } = await importModel(services, {
    file: { name: 'dqn-CartPole-v1.zip', bytes: new Uint8Array(readFileSync(sampleAgent)) },
    normalizer: null,
    environment: null,
  });
  const { projectId, description, artifactHash } = dense;
  const evaluation = evaluateRecipe({ kind: 'model', id: dense.id });
  const evaluated = await runRecipe(services, evaluation, new RunControl(), () => undefined);
  if (evaluated.kind !== 'evaluate') throw new Error('an evaluation evaluates');
  const { report } = evaluated;
  const runIds = Array.from({ length: RUNS }, (_, seed) => {
    const recipe = jsonSchema.parse(trainRecipe({ seed }));
    const versions = { secateur: '0', node: '0', backend: 'kernels' };
    const { id } = store.runs.create({ projectId, kind: 'train', recipe, seed, versions });
    store.runs.start(id);
    for (let step = 0; step < STEPS; step += BATCH) {
      const points = Array.from({ length: BATCH }, (_unused, at) =>
        SERIES.map((name, series) => ({
          sequence: (step + at) * SERIES.length + series,
          name,
          step: 10 * (step + at),
          value: Math.abs((step + at) / STEPS + 0.1 * random.normal()),
        })),
      ).flat();
      store.metrics.append(id, points);
    }
    store.outcomes.keep(id, {
      kind: 'train',
      modelId: dense.id,
      validation: report,
      test: report,
      last: null,
      stopped: false,
    });
    store.runs.end(id, { status: 'finished' });
    return id;
  });
  const modelIds = Array.from({ length: MODELS - 1 }, (_, index) => {
    const nonzeroWeights = Math.round(dense.counts.weights * (1 - index / MODELS));
    const counts = { ...dense.counts, nonzeroWeights, nonzeroMacs: nonzeroWeights };
    const name = `pruned ${index}`;
    const same = { projectId, description, artifactHash, counts, name, source: null };
    return store.models.create({ ...same, parentId: dense.id, runId: runIds[index % RUNS]! }).id;
  });
  store.close();
  return { projectId, modelIds: [dense.id, ...modelIds], runIds };
}
