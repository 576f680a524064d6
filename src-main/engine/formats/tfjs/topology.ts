// A Keras 2 functional model in the making: layers by name, what each takes, and their fixed weights.
import type { Shape } from '../../networks/shapes.ts';

export interface KerasWeight {
  /** `kernel`, `bias`, `gamma`, … as the layer calls it. */
  readonly name: string;
  readonly shape: Shape;
  readonly values: Float32Array;
}

interface KerasLayer {
  readonly class_name: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** One node with [layer, node index, tensor index, {}] per input; none for an input layer. */
  readonly inbound_nodes: readonly (readonly (readonly [string, number, number, object])[])[];
}

export interface NamedWeight extends KerasWeight {
  readonly layer: string;
}

const FIRST_OUTPUT = [0, 0] as const;

export class TopologyBuilder {
  readonly #layers: KerasLayer[] = [];
  readonly weights: NamedWeight[] = [];

  /** @returns the layer's name, for those that take its output. */
  add(options: {
    readonly className: string;
    readonly name: string;
    readonly inputs: readonly string[];
    readonly config?: Readonly<Record<string, unknown>>;
    readonly weights?: readonly KerasWeight[];
  }): string {
    const { className, name, inputs, config = {}, weights = [] } = options;
    this.#layers.push({
      class_name: className,
      name,
      config: { name, trainable: true, dtype: 'float32', ...config },
      inbound_nodes: inputs.length === 0 ? [] : [inputs.map((input) => [input, ...FIRST_OUTPUT, {}] as const)],
    });
    this.weights.push(...weights.map((weight) => ({ ...weight, layer: name })));
    return name;
  }

  /** The `modelTopology` of a model.json. */
  finish(input: string, output: string): object {
    return {
      keras_version: '2.15.0',
      backend: 'tensorflow',
      model_config: {
        class_name: 'Functional',
        config: {
          name: 'policy',
          layers: this.#layers,
          input_layers: [[input, ...FIRST_OUTPUT]],
          output_layers: [[output, ...FIRST_OUTPUT]],
        },
      },
    };
  }
}
