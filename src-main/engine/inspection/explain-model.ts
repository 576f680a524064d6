// What a policy looks at: ways over weights that are not zero, from the observation to the action.
import type { Explanation } from '../../contract/explanation.ts';
import type { EnvironmentDefinition } from '../environments/environment.ts';
import { countNetwork } from '../networks/counting.ts';
import type { PolicyModel } from '../networks/model.ts';
import { applyMasks, type Parameters } from '../networks/parameters.ts';
import { policyOnly } from '../networks/select-head.ts';
import { kernelName, layerParameterShapes, placeNetwork, type PlacedLayer } from '../networks/shapes.ts';

/** A kernel seen as [rows, units]; row r reads unit r mod n of the n units before it, through pools and flattens. */
interface Step {
  readonly layer: string;
  readonly kernel: Float32Array;
  readonly units: number;
}

function stepsOf(layers: readonly PlacedLayer[], parameters: Parameters): Step[] {
  return layers.flatMap((placed) => {
    const shapes = layerParameterShapes(placed);
    const { name } = placed.layer;
    return shapes === null
      ? []
      : [{ layer: name, kernel: parameters[kernelName(name)]!, units: shapes.kernel.at(-1)! }];
  });
}

/** Units of the step that depend on any unit before it that varies. */
function varyingAfter({ kernel, units }: Step, varies: readonly boolean[]): boolean[] {
  const after = new Array<boolean>(units).fill(false);
  kernel.forEach((weight, i) => {
    if (weight !== 0 && varies[Math.floor(i / units) % varies.length]!) after[i % units] = true;
  });
  return after;
}

/** Of the `count` units before the step, those that any unit reads which is read itself. */
function readBefore({ kernel, units }: Step, count: number, read: readonly boolean[]): boolean[] {
  const before = new Array<boolean>(count).fill(false);
  kernel.forEach((weight, i) => {
    if (weight !== 0 && read[i % units]!) before[Math.floor(i / units) % count] = true;
  });
  return before;
}

/**
 * Sound, not complete: what is called unread or constant is so for every observation; a unit that a rectifier always
 * silences is not found. The value of a dueling network does not decide the action, and is not asked.
 * @param environment that names the inputs; null when nobody knows
 */
export function explainModel(given: PolicyModel, environment: EnvironmentDefinition | null): Explanation {
  const model = policyOnly(given);
  const { network, policy } = model.description;
  const parameters = applyMasks(model.parameters, model.masks);
  const { trunk, heads } = placeNetwork(network);
  const inputs = network.input.shape.at(-1)!;
  const constantLayers = new Set<string>();
  let read = new Array<boolean>(inputs).fill(false);
  let constantAction = false;
  for (const head of heads) {
    const steps = stepsOf([...trunk, ...head.layers], parameters);
    let varies = new Array<boolean>(inputs).fill(true);
    for (const step of steps) {
      varies = varyingAfter(step, varies);
      if (!varies.includes(true)) constantLayers.add(step.layer);
    }
    if (head.name !== policy.head) continue;
    constantAction = !varies.includes(true);
    read = steps.reduceRight(
      (after, step, i) => readBefore(step, steps[i - 1]?.units ?? inputs, after),
      varies.map(() => true),
    );
  }
  // Names of what was put together of several observations would be of the wrong ones.
  const names = environment?.observationNames?.length === inputs ? environment.observationNames : null;
  const { weights, nonzeroWeights } = countNetwork(network, model.parameters, model.masks);
  return {
    inputs,
    unread: read.flatMap((isRead, index) => (isRead ? [] : [{ index, name: names?.[index] ?? null }])),
    constantLayers: [...constantLayers],
    constantAction,
    zeros: weights - nonzeroWeights,
    weights,
  };
}
