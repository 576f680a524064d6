// Collects the nodes and constants of an ONNX graph, naming what lies between them.
import type { Shape } from '../../networks/shapes.ts';
import type { AttributeValue, OnnxConstant, OnnxNode } from './messages.ts';

/** A value in the graph. ONNX convolves [channels, height, width], the network has the channels last. */
export interface GraphValue {
  readonly name: string;
  /** As the network specification has it, whatever the layout. */
  readonly shape: Shape;
  readonly channelsFirst: boolean;
}

/** Nodes are named `<what>.<step>`: layers have no dots in their names, so the two never collide. */
export class GraphBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly constants: OnnxConstant[] = [];

  /** @returns the constant's name. */
  constant(name: string, shape: Shape, values: Float32Array): string {
    this.constants.push({ name, shape, values });
    return name;
  }

  /** @returns the name of the node's output, which is the node's own. */
  add(
    operator: string,
    name: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): string {
    this.nodes.push({ name, operator, inputs, output: name, attributes });
    return name;
  }

  /** The value with its channels where they are needed, transposed for the layer of this name if they are elsewhere. */
  withLayout(value: GraphValue, channelsFirst: boolean, layer: string): GraphValue {
    if (value.channelsFirst === channelsFirst || value.shape.length !== 3) return value;
    const perm = channelsFirst ? [0, 3, 1, 2] : [0, 2, 3, 1];
    return { ...value, name: this.add('Transpose', `${layer}.transpose`, [value.name], { perm }), channelsFirst };
  }
}
