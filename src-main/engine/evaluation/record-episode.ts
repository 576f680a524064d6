// An episode recorded for whoever wants to watch it: played as an evaluation plays it, so that what is seen is what counts.
import type { Scene, SceneShape } from '../../contract/environment.ts';
import type { RecordedEpisode } from '../../contract/episode.ts';
import type { ModelDescription } from '../../contract/model.ts';
import type { Action, EnvironmentDefinition } from '../environments/environment.ts';
import { VectorEnvironment } from '../environments/vector-environment.ts';
import type { PolicyModel } from '../networks/model.ts';
import { policyOnly } from '../networks/select-head.ts';
import type { Backend } from '../numerics/backend.ts';
import { instantiateModel } from './measure-model.ts';
import { checkModelFits } from './model-fits.ts';
import { modelPolicy, policySlice } from './policy.ts';

/** Of worlds that have no clock of their own: a person can follow. */
const WATCHABLE_STEPS_PER_SECOND = 12;

function outputKindOf({ policy, algorithm }: ModelDescription): RecordedEpisode['outputKind'] {
  if (policy.kind === 'mean') return 'means';
  return algorithm === 'dqn' ? 'action values' : 'logits';
}

/** Of pictures, in characters: a page has to hold them all. About 1500 steps of a robot in shades, any game of few colours. */
const MOST_PIXELS = 32 << 20;

/** Scenes as indices into a table in which every shape is once. */
class ShapeTable {
  readonly shapes: SceneShape[] = [];
  readonly #known = new Map<string, number>();
  #pixels = 0;

  /** Whether there is room for another picture. */
  get full(): boolean {
    return this.#pixels >= MOST_PIXELS;
  }

  frame({ shapes }: Scene): number[] {
    return shapes.map((shape) => {
      const key = JSON.stringify(shape);
      const known = this.#known.get(key);
      if (known !== undefined) return known;
      if (shape.kind === 'picture') this.#pixels += shape.pixels.length;
      const index = this.shapes.push(shape) - 1;
      this.#known.set(key, index);
      return index;
    });
  }
}

const asData = (action: Action): RecordedEpisode['actions'][number] =>
  typeof action === 'number' ? action : Array.from(action);

/**
 * @param mostSteps after these the recording ends, whatever the episode does
 * @throws ModelDoesNotFitError, PolicyHeadError
 */
export function recordEpisode(input: {
  readonly model: PolicyModel;
  readonly environment: EnvironmentDefinition;
  readonly seed: number;
  readonly backend: Backend;
  readonly mostSteps: number;
}): RecordedEpisode {
  const { environment, seed, backend, mostSteps } = input;
  checkModelFits(input.model.description, environment);
  const model = policyOnly(input.model);
  const { offset, size } = policySlice(model.description);
  const instance = instantiateModel(backend, model, 1);
  const policy = modelPolicy(instance, model.description);
  const world = new VectorEnvironment(environment, 1);
  const table = new ShapeTable();
  const frames: number[][] = [];
  const actions: RecordedEpisode['actions'][number][] = [];
  const rewards: number[] = [];
  const outputs: number[][] = [];

  let bounds: Scene['bounds'];
  try {
    world.reset(0, seed);
    const first = world.scene(0);
    bounds = first.bounds;
    frames.push(table.frame(first));
    while (world.active[0] === 1 && actions.length < mostSteps && !table.full) {
      outputs.push([...instance.forward(world.observations, 1).subarray(offset, offset + size)]);
      const action = policy.act(world.observations, 1)[0]!;
      actions.push(asData(action));
      world.step([action]);
      rewards.push(world.rewards[0]!);
      frames.push(table.frame(world.scene(0)));
    }
  } finally {
    world.dispose();
    instance.dispose();
  }
  return {
    environment: environment.id,
    seed,
    stepsPerSecond: environment.stepsPerSecond ?? WATCHABLE_STEPS_PER_SECOND,
    bounds,
    shapes: table.shapes,
    frames,
    actions,
    rewards,
    outputs,
    outputKind: outputKindOf(model.description),
    end: world.terminated[0] === 1 ? 'terminated' : world.truncated[0] === 1 ? 'truncated' : 'cut',
  };
}
