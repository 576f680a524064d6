// A policy for TensorFlow.js: model.json with a Keras 2 topology, which tf.loadLayersModel reads, and its weights.
import type { PolicyModel } from '../../networks/model.ts';
import { placeNetwork, type PlacedLayer } from '../../networks/shapes.ts';
import { exportedPolicy, type Provenance } from '../exported-policy.ts';
import { encodeUtf8 } from '../utf8.ts';
import { addDueling, addLayer, addPreprocessing } from './layers.ts';
import { TopologyBuilder, type NamedWeight } from './topology.ts';

export const TFJS_MODEL = 'model.json';
export const TFJS_WEIGHTS = 'weights.bin';

function concatenate(weights: readonly NamedWeight[]): Uint8Array {
  const all = new Float32Array(weights.reduce((length, weight) => length + weight.values.length, 0));
  let at = 0;
  for (const { values } of weights) {
    all.set(values, at);
    at += values.length;
  }
  return new Uint8Array(all.buffer);
}

function buildTopology(model: PolicyModel): { topology: object; weights: readonly NamedWeight[] } {
  const { network, parameters, outputName } = exportedPolicy(model);
  const placed = placeNetwork(network);
  const topology = new TopologyBuilder();
  const addAll = (layers: readonly PlacedLayer[], input: string): string =>
    layers.reduce((last, layer) => addLayer({ topology, placed: layer, input: last, parameters }), input);

  const input = topology.add({
    className: 'InputLayer',
    name: 'input-observation',
    inputs: [],
    config: { batch_input_shape: [null, ...network.input.shape], sparse: false },
  });
  const features = addAll(placed.trunk, addPreprocessing(topology, network.input, input));
  const heads = new Map(placed.heads.map((head) => [head.name, addAll(head.layers, features)]));
  const combined =
    network.combine === 'dueling'
      ? addDueling(topology, heads.get('value')!, heads.get('advantage')!, placed.outputSize)
      : [...heads.values()][0]!;
  const output = topology.add({
    className: 'Activation',
    name: `output-${outputName}`,
    inputs: [combined],
    config: { activation: 'linear' },
  });
  return { topology: topology.finish(input, output), weights: topology.weights };
}

/** The two files, which belong into one folder. */
export function writeTfjs(model: PolicyModel, provenance: Provenance): { json: Uint8Array; weights: Uint8Array } {
  const { topology, weights } = buildTopology(model);
  const manifest = weights.map(({ layer, name, shape }) => ({ name: `${layer}/${name}`, shape, dtype: 'float32' }));
  const document = {
    format: 'layers-model',
    generatedBy: 'Secateur',
    convertedBy: null,
    modelTopology: topology,
    weightsManifest: [{ paths: [TFJS_WEIGHTS], weights: manifest }],
    userDefinedMetadata: provenance,
  };
  return { json: encodeUtf8(JSON.stringify(document)), weights: concatenate(weights) };
}
