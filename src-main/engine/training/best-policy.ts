// The best policy of a run so far, and how a checkpoint keeps it.
import { z } from 'zod';
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

export const curvePointSchema = z.strictObject({ step: z.int().min(0), update: z.int().min(0), score: z.number() });
/** `score`: the larger the better. */
export type CurvePoint = Readonly<z.infer<typeof curvePointSchema>>;

export interface ScoredPolicy extends CurvePoint {
  readonly model: PolicyModel;
}

/** The policy has a description of its own: what it normalises by moves on while the agent learns. */
const savedSchema = curvePointSchema.extend({ description: modelDescriptionSchema }).nullable();

export class BestPolicy implements Resumable {
  #best: ScoredPolicy | null = null;

  /** With the highest score; of equals the latest, which has learned longest. Null when there was none. */
  get current(): ScoredPolicy | null {
    return this.#best;
  }

  consider(policy: ScoredPolicy): void {
    if (this.#best === null || policy.score >= this.#best.score) this.#best = policy;
  }

  saveState(): SavedState {
    const best = this.#best;
    const values =
      best === null
        ? null
        : {
            step: best.step,
            update: best.update,
            score: best.score,
            description: z.json().parse(best.model.description) as JsonValue,
          };
    return joinStates({
      point: { values, arrays: {} },
      parameters: { values: null, arrays: best?.model.parameters ?? {} },
      masks: { values: null, arrays: best?.model.masks ?? {} },
    });
  }

  loadState(state: SavedState): void {
    const saved = savedSchema.parse(partOf(state, 'point').values);
    if (saved === null) {
      this.#best = null;
      return;
    }
    const { description, ...point } = saved;
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
