// A pruned model in the store, with what was measured of it and of its parent.
import type { Model, Run } from '../contract/entity.ts';
import type { MadeModel } from '../contract/job.ts';
import type { AnyPruneReport } from '../contract/prune-report.ts';
import type { Services } from './services.ts';
import { storeModel } from './store-model.ts';

/** What hidden units are called that a granularity removes; beside channels there may be neurons. */
const WHOLE_UNITS: ReadonlyMap<string, string> = new Map([
  ['neuron', 'neurons'],
  ['channel', 'hidden units'],
  ['unit', 'hidden units'],
]);

/** "98.5 % of the weights pruned" */
function describePruning({ granularity, dense, pruned }: AnyPruneReport): string {
  const whole = WHOLE_UNITS.get(granularity);
  if (granularity === 'layer') {
    const gone = dense.count.layers.length - pruned.count.layers.length;
    return `${gone} hidden ${gone === 1 ? 'layer' : 'layers'} removed`;
  }
  const [removed, pieces] =
    whole === undefined
      ? [1 - pruned.count.nonzeroWeights / dense.count.weights, 'weights']
      : [1 - pruned.count.hiddenUnits / dense.count.hiddenUnits, whole];
  return `${(100 * removed).toFixed(removed > 0.99 ? 2 : 1)} % of the ${pieces} pruned`;
}

export async function keepPruned(
  services: Services,
  made: { readonly parent: Model; readonly run: Run; readonly model: MadeModel; readonly report: AnyPruneReport },
): Promise<Model> {
  const { parent, run, model, report } = made;
  const child = await storeModel(services, {
    projectId: parent.projectId,
    name: `${parent.name}, ${describePruning(report)}`.slice(0, 200),
    parentId: parent.id,
    runId: run.id,
    model,
    source: null,
  });
  // Where nothing was played there is no return to keep: the outcome of the run has what was measured.
  if (report.measure === 'agreement') return child;
  for (const [measurement, modelId] of [
    [report.dense, parent.id],
    [report.pruned, child.id],
  ] as const) {
    for (const purpose of ['validation', 'test'] as const) {
      // Latency is one of the model, measured once; it is kept with what is reported of it.
      const latency = purpose === 'test' ? measurement.latency : null;
      const evaluation = { ...measurement[purpose], latency };
      services.store.evaluations.create({
        modelId,
        runId: run.id,
        seeds: evaluation.seeds,
        purpose,
        report: evaluation,
      });
    }
  }
  return child;
}
