// Models that are looked at closely: their details, the statistics of their layers, and weights once they are asked for.
import type { ModelDetail } from '../../src-main/contract/api/models.ts';
import type { EvaluationSummary, Run } from '../../src-main/contract/entity.ts';
import type { Explanation } from '../../src-main/contract/explanation.ts';
import { floatsOfBytes } from '../../src-main/contract/floats.ts';
import type { KernelValues, ModelStatistics } from '../../src-main/contract/statistics.ts';
import { call, onEvent } from '../bridge/bridge.ts';
import { Loaded } from './loaded.svelte.ts';

/** Models whose weights stay here: the two that are compared, and a step back. */
const KEPT = 4;

export class InspectedModel {
  readonly id: string;
  readonly detail: Loaded<ModelDetail>;
  readonly statistics: Loaded<ModelStatistics>;
  readonly explanation: Loaded<Explanation>;
  readonly evaluations: Loaded<readonly EvaluationSummary[]>;
  /** The run that made it; null for one that was imported. */
  readonly run: Loaded<{ readonly run: Run | null }>;
  readonly #kernels = new Map<string, Loaded<KernelValues>>();

  constructor(id: string) {
    this.id = id;
    this.detail = new Loaded(() => call('models.get', { id }));
    this.statistics = new Loaded(() => call('inspection.statistics', { id }));
    this.explanation = new Loaded(() => call('inspection.explanation', { id }));
    this.evaluations = new Loaded(() => call('inspection.evaluations', { id }));
    this.run = new Loaded(async () => {
      const { runId } = (this.detail.value ?? (await call('models.get', { id }))).model;
      return { run: runId === null ? null : (await call('runs.get', { id: runId })).run };
    });
  }

  /** The weights of a layer; asked for the first time, they are on their way. */
  kernel(layer: string): Loaded<KernelValues> {
    const known = this.#kernels.get(layer);
    if (known !== undefined) return known;
    const kernel = new Loaded(async () => {
      const { values, bias, ...rest } = await call('inspection.kernel', { id: this.id, layer });
      return { ...rest, values: floatsOfBytes(values), bias: floatsOfBytes(bias) };
    });
    this.#kernels.set(layer, kernel);
    void kernel.refresh();
    return kernel;
  }

  /** Looks at everything anew that may have changed, and at what could not be had. */
  async refresh(): Promise<void> {
    const missing = [this.statistics, this.explanation, this.run, ...this.#kernels.values()].filter(
      ({ value }) => value === null,
    );
    await Promise.all([this.detail, this.evaluations, ...missing].map((loaded) => loaded.refresh()));
  }
}

class InspectedModels {
  /** The last looked at last. */
  readonly #models = new Map<string, InspectedModel>();

  begin(): void {
    onEvent((event) => {
      if (event.type !== 'project') return;
      for (const model of this.#models.values()) {
        if (model.detail.value?.project.id === event.projectId) void model.refresh();
      }
    });
  }

  get(id: string): InspectedModel {
    const model = this.#models.get(id) ?? new InspectedModel(id);
    this.#models.delete(id);
    this.#models.set(id, model);
    if (this.#models.size > KEPT) this.#models.delete(this.#models.keys().next().value!);
    return model;
  }
}

export const inspectedModels = new InspectedModels();
