// What every layer of a model is made of.
import type { KernelStatistics, ModelStatistics } from '../../contract/statistics.ts';
import { countNetwork, type LayerCount } from '../networks/counting.ts';
import type { PolicyModel } from '../networks/model.ts';
import { applyMasks } from '../networks/parameters.ts';
import { allLayers, kernelName, placeNetwork } from '../networks/shapes.ts';
import { unitGroups, type UnitGroup } from '../pruning/units.ts';
import { livingWeights } from './living-weights.ts';

/** √Σw² over the weights that lead into each unit: over all axes of the kernel but the last. */
function unitNorms(values: Float32Array, units: number): number[] {
  const squares = new Array<number>(units).fill(0);
  for (let i = 0; i < values.length; i++) squares[i % units]! += values[i]! ** 2;
  return squares.map(Math.sqrt);
}

/** What goes with one unit. A reader's rows belong to the units of the group by turns. */
function piecesOf({ kind, inputs, units, consumers }: UnitGroup): NonNullable<KernelStatistics['group']> {
  const outgoing = consumers.reduce((sum, reader) => sum + (reader.rows / units) * reader.units, 0);
  return { kind, incoming: inputs, outgoing };
}

function kernelStatistics(
  { kernelShape, weights, nonzeroWeights, units, macs, nonzeroMacs }: LayerCount,
  values: Float32Array,
  group: KernelStatistics['group'],
): KernelStatistics {
  let [l1, squares] = [0, 0];
  for (const value of values) {
    l1 += Math.abs(value);
    squares += value ** 2;
  }
  return {
    shape: [...kernelShape],
    weights,
    zeros: weights - nonzeroWeights,
    units,
    macs,
    nonzeroMacs,
    l1,
    l2: Math.sqrt(squares),
    living: livingWeights(values),
    unitNorms: unitNorms(values, units),
    group,
  };
}

export function modelStatistics({ description, parameters, masks }: PolicyModel): ModelStatistics {
  const { network } = description;
  const effective = applyMasks(parameters, masks);
  const counts = new Map(countNetwork(network, parameters, masks).layers.map((count) => [count.name, count]));
  const groups = new Map(unitGroups(network).map((group) => [group.layer, group]));
  return allLayers(placeNetwork(network)).map(({ layer, inputShape, outputShape }) => {
    const count = counts.get(layer.name);
    const group = groups.get(layer.name);
    const removable = group === undefined ? null : piecesOf(group);
    return {
      layer: layer.name,
      inputShape: [...inputShape],
      outputShape: [...outputShape],
      kernel: count === undefined ? null : kernelStatistics(count, effective[kernelName(layer.name)]!, removable),
    };
  });
}
