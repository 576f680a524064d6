// The best policies of a run so far, and how a checkpoint keeps them.
import { z } from 'zod';
import { modelDescriptionSchema } from '../../contract/model.ts';
import { arraysOf, joinStates, partOf, type Resumable, type SavedState } from '../agents/saved-state.ts';
import type { PolicyModel } from '../networks/model.ts';

export const curvePointSchema = z.strictObject({ step: z.int().min(0), update: z.int().min(0), score: z.number() });
/** `score`: the larger the better. */
export type CurvePoint = Readonly<z.infer<typeof curvePointSchema>>;

export interface ScoredPolicy extends CurvePoint {
  readonly model: PolicyModel;
}

/** A policy has a description of its own: what it normalises by moves on while the agent learns. */
const savedSchema = z.array(curvePointSchema.extend({ description: modelDescriptionSchema }));

export class BestPolicies implements Resumable {
  readonly #most: number;
  #ranked: readonly ScoredPolicy[] = [];

  /** @param most that are kept */
  constructor(most: number) {
    this.#most = most;
  }

  /** The best first; of equals the latest, which has learned longest. */
  get ranked(): readonly ScoredPolicy[] {
    return this.#ranked;
  }

  consider(policy: ScoredPolicy): void {
    const better = this.#ranked.filter(({ score }) => score > policy.score);
    this.#ranked = [...better, policy, ...this.#ranked.slice(better.length)].slice(0, this.#most);
  }

  saveState(): SavedState {
    const points = this.#ranked.map(({ model, ...point }) => ({
      ...point,
      description: z.json().parse(model.description),
    }));
    const models: Record<string, SavedState> = {};
    for (const [i, { model }] of this.#ranked.entries()) {
      models[`parameters ${i}`] = { values: null, arrays: model.parameters };
      models[`masks ${i}`] = { values: null, arrays: model.masks };
    }
    return joinStates({ points: { values: points, arrays: {} }, ...models });
  }

  loadState(state: SavedState): void {
    this.#ranked = savedSchema.parse(partOf(state, 'points').values).map(({ description, ...point }, i) => ({
      ...point,
      model: {
        description,
        parameters: arraysOf(partOf(state, `parameters ${i}`), Float32Array),
        masks: arraysOf(partOf(state, `masks ${i}`), Uint8Array),
      },
    }));
  }
}
