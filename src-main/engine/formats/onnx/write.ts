// A policy as an ONNX file (opset 17, IR 8): raw observations in, Q-values, action logits or action means out.
import type { NetworkSpecification } from '../../../contract/network.ts';
import type { PolicyModel } from '../../networks/model.ts';
import { placeNetwork, type PlacedLayer, type Shape } from '../../networks/shapes.ts';
import { exportedPolicy, type Provenance } from '../exported-policy.ts';
import { GraphBuilder, type GraphValue } from './graph-builder.ts';
import { addLayer } from './layers.ts';
import { encodeModel } from './messages.ts';

const SCALAR: Shape = [];
const INPUT = 'observation';

/** Scaling and normaliser, elementwise: x·scale, then clip((x − mean) / sqrt(variance + epsilon), ±clip). */
function addPreprocessing(
  graph: GraphBuilder,
  { shape, scale, normalizer }: NetworkSpecification['input'],
): GraphValue {
  let name = INPUT;
  if (scale !== 1) {
    const factor = graph.constant('input.scale', SCALAR, Float32Array.of(scale));
    name = graph.add('Mul', 'input.scaled', [name, factor]);
  }
  if (normalizer !== undefined) {
    const { mean, variance, epsilon, clip } = normalizer;
    const deviation = variance.map((value) => Math.sqrt(value + epsilon));
    const means = graph.constant('input.mean', shape, Float32Array.from(mean));
    const deviations = graph.constant('input.deviation', shape, Float32Array.from(deviation));
    const low = graph.constant('input.low', SCALAR, Float32Array.of(-clip));
    const high = graph.constant('input.high', SCALAR, Float32Array.of(clip));
    const centered = graph.add('Sub', 'input.centered', [name, means]);
    const standardized = graph.add('Div', 'input.standardized', [centered, deviations]);
    name = graph.add('Clip', 'input.clipped', [standardized, low, high]);
  }
  return { name, shape, channelsFirst: false };
}

/** V + A − mean(A). */
function addDueling(graph: GraphBuilder, value: string, advantage: string): string {
  const mean = graph.add('ReduceMean', 'dueling.mean', [advantage], { axes: [1], keepdims: 1 });
  const centered = graph.add('Sub', 'dueling.centered', [advantage, mean]);
  return graph.add('Add', 'dueling.sum', [centered, value]);
}

/** The bytes of an .onnx file: input `observation` [batch, …shape], one output named by what it means. */
export function writeOnnx(model: PolicyModel, provenance: Provenance): Uint8Array {
  const { network, parameters, outputName } = exportedPolicy(model);
  const placed = placeNetwork(network);
  const graph = new GraphBuilder();
  const addAll = (layers: readonly PlacedLayer[], input: GraphValue): GraphValue =>
    layers.reduce((value, layer) => addLayer({ graph, placed: layer, input: value, parameters }), input);

  const features = addAll(placed.trunk, addPreprocessing(graph, network.input));
  const outputs = new Map(placed.heads.map((head) => [head.name, addAll(head.layers, features).name]));
  const combined =
    network.combine === 'dueling'
      ? addDueling(graph, outputs.get('value')!, outputs.get('advantage')!)
      : [...outputs.values()][0]!;
  graph.add('Identity', outputName, [combined]);
  return encodeModel({
    nodes: graph.nodes,
    constants: graph.constants,
    input: { name: INPUT, shape: network.input.shape },
    output: { name: outputName, shape: [placed.outputSize] },
    metadata: provenance,
  });
}
