// Evaluation during training: a learning curve, and the best policy on the way.
import { z } from 'zod';
import type { Agent } from '../agents/agent.ts';
import { modelDescriptionSchema } from '../../contract/model.ts';
import {
  arraysOf,
  joinStates,
  partOf,
  type JsonValue,
  type Resumable,
  type SavedState,
} from '../agents/saved-state.ts';
import type { PolicyModel } from '../networks/model.ts';
import type { TrainingObserver, TrainingProgress, Verdict } from './training-observer.ts';

export interface PeriodicEvaluationOptions {
  readonly agent: Agent;
  /** Environment steps between evaluations. */
  readonly every: number;
  /** The larger the better: a mean return on validation seeds. It must not touch the agent's randomness. */
  readonly evaluate: (model: PolicyModel) => number;
  /** Whether the policy of this moment may be the best one; always, unless said otherwise. */
  readonly eligible?: (progress: TrainingProgress) => boolean;
}

export interface CurvePoint {
  readonly step: number;
  readonly update: number;
  readonly score: number;
}

export interface BestPolicy extends CurvePoint {
  readonly model: PolicyModel;
}

const pointSchema = z.strictObject({ step: z.int().min(0), update: z.int().min(0), score: z.number() });
/** The best policy has a description of its own: what it normalises by moves on while the agent learns. */
const bestSchema = pointSchema.extend({ description: modelDescriptionSchema });
const valuesSchema = z.strictObject({ curve: z.array(pointSchema).readonly(), best: bestSchema.nullable() });

const asJson = ({ step, update, score }: CurvePoint): Record<string, number> => ({ step, update, score });

export class PeriodicEvaluation implements TrainingObserver, Resumable {
  readonly #options: PeriodicEvaluationOptions;
  #curve: CurvePoint[] = [];
  #best: BestPolicy | null = null;

  constructor(options: PeriodicEvaluationOptions) {
    this.#options = options;
  }

  get curve(): readonly CurvePoint[] {
    return this.#curve;
  }

  /** The policy with the highest score; of equals the latest, which has learned longest. */
  get best(): BestPolicy | null {
    return this.#best;
  }

  onStep(progress: TrainingProgress): Verdict {
    const { step, update } = progress;
    const { agent, every, evaluate, eligible } = this.#options;
    const last = this.#curve.at(-1)?.step ?? 0;
    if (Math.floor(step / every) === Math.floor(last / every)) return undefined;
    const model = agent.model();
    const point = { step, update, score: evaluate(model) };
    this.#curve.push(point);
    if (eligible?.(progress) === false) return undefined;
    if (this.#best === null || point.score >= this.#best.score) this.#best = { ...point, model };
    return undefined;
  }

  saveState(): SavedState {
    const best = this.#best;
    const description = best === null ? null : (z.json().parse(best.model.description) as JsonValue);
    const values = { curve: this.#curve.map(asJson), best: best === null ? null : { ...asJson(best), description } };
    return joinStates({
      points: { values, arrays: {} },
      parameters: { values: null, arrays: best?.model.parameters ?? {} },
      masks: { values: null, arrays: best?.model.masks ?? {} },
    });
  }

  loadState(state: SavedState): void {
    const { curve, best } = valuesSchema.parse(partOf(state, 'points').values);
    this.#curve = [...curve];
    if (best === null) {
      this.#best = null;
      return;
    }
    const { description, ...point } = best;
    this.#best = {
      ...point,
      model: {
        description,
        parameters: arraysOf(partOf(state, 'parameters'), Float32Array),
        masks: arraysOf(partOf(state, 'masks'), Uint8Array),
      },
    };
  }
}
