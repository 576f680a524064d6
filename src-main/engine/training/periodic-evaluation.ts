// Evaluation during training: a learning curve, and the best policies on the way.
import { z } from 'zod';
import type { Agent } from '../agents/agent.ts';
import { joinStates, partOf, type Resumable, type SavedState } from '../agents/saved-state.ts';
import type { PolicyModel } from '../networks/model.ts';
import { BestPolicies, curvePointSchema, type CurvePoint, type ScoredPolicy } from './best-policies.ts';
import type { TrainingObserver, TrainingProgress, Verdict } from './training-observer.ts';

export interface PeriodicEvaluationOptions {
  readonly agent: Agent;
  /** Environment steps between evaluations. */
  readonly every: number;
  /** The larger the better: a mean return on validation seeds. It must not touch the agent's randomness. */
  readonly evaluate: (model: PolicyModel) => number;
  /** Whether the policy of this moment may be the best one; always, unless said otherwise. */
  readonly eligible?: (progress: TrainingProgress) => boolean;
  /** Keeps the best of all policies, eligible or not. */
  readonly strongest?: BestPolicies;
}

const valuesSchema = z.strictObject({ curve: z.array(curvePointSchema).readonly() });

export class PeriodicEvaluation implements TrainingObserver, Resumable {
  readonly #options: PeriodicEvaluationOptions;
  readonly #best = new BestPolicies(1);
  #curve: CurvePoint[] = [];

  constructor(options: PeriodicEvaluationOptions) {
    this.#options = options;
  }

  get curve(): readonly CurvePoint[] {
    return this.#curve;
  }

  /** Of the eligible policies; null when there was none. */
  get best(): ScoredPolicy | null {
    return this.#best.ranked[0] ?? null;
  }

  onStep(progress: TrainingProgress): Verdict {
    const { step, update } = progress;
    const { agent, every, evaluate, eligible, strongest } = this.#options;
    const last = this.#curve.at(-1)?.step ?? 0;
    if (Math.floor(step / every) === Math.floor(last / every)) return undefined;
    const model = agent.model();
    const point = { step, update, score: evaluate(model) };
    this.#curve.push(point);
    strongest?.consider({ ...point, model });
    if (eligible?.(progress) !== false) this.#best.consider({ ...point, model });
    return undefined;
  }

  saveState(): SavedState {
    const { strongest } = this.#options;
    return joinStates({
      points: { values: { curve: this.#curve.map((point) => ({ ...point })) }, arrays: {} },
      best: this.#best.saveState(),
      ...(strongest && { strongest: strongest.saveState() }),
    });
  }

  loadState(state: SavedState): void {
    this.#curve = [...valuesSchema.parse(partOf(state, 'points').values).curve];
    this.#best.loadState(partOf(state, 'best'));
    this.#options.strongest?.loadState(partOf(state, 'strongest'));
  }
}
