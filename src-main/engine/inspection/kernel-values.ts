import { SecateurError } from '../../contract/secateur-error.ts';
import type { KernelValues } from '../../contract/statistics.ts';
import type { PolicyModel } from '../networks/model.ts';
import { applyMasks } from '../networks/parameters.ts';
import { allLayers, biasName, kernelName, layerParameterShapes, placeNetwork } from '../networks/shapes.ts';

/** A layer that the network does not have, or one without weights. */
export class NoSuchKernelError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(layer: string, known: readonly string[]) {
    super(`the network has no weights in a layer "${layer}"`, `Layers with weights: ${known.join(', ')}.`);
  }
}

/**
 * The weights of one layer, zero where they are pruned.
 * @throws NoSuchKernelError
 */
export function kernelValues({ description, parameters, masks }: PolicyModel, layer: string): KernelValues {
  const weighted = allLayers(placeNetwork(description.network)).flatMap((placed) => {
    const shapes = layerParameterShapes(placed);
    return shapes === null ? [] : [{ name: placed.layer.name, shape: shapes.kernel }];
  });
  const found = weighted.find(({ name }) => name === layer);
  if (found === undefined) {
    throw new NoSuchKernelError(
      layer,
      weighted.map(({ name }) => name),
    );
  }
  const kernel = kernelName(layer);
  const only = (name: string): Readonly<Record<string, Float32Array>> => ({ [name]: parameters[name]! });
  const mask = masks[kernel];
  const { [kernel]: values } = applyMasks(only(kernel), mask === undefined ? {} : { [kernel]: mask });
  return { layer, shape: [...found.shape], values: values!, bias: parameters[biasName(layer)]!.slice() };
}
