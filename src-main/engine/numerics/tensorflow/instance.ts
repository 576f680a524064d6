// A network that lives in TensorFlow.js: the calls of the port, in the order that the port allows.
import type { Tensor } from '@tensorflow/tfjs-core';
import type { NetworkSpecification } from '../../../contract/network.ts';
import type { Masks, Parameters } from '../../networks/parameters.ts';
import { checkParameters, parameterShapes, placeNetwork, type PlacedNetwork } from '../../networks/shapes.ts';
import type { InstanceOptions, NetworkInstance, OptimizerConfig, OptimizerState, StepOptions } from '../backend.ts';
import { checkMasks } from '../check-masks.ts';
import { checkFinite } from '../non-finite-error.ts';
import { checkOptimizerState, optimizerSlots } from '../optimizer-slots.ts';
import { clipGradient, gradientNorm } from './gradient-clipping.ts';
import { networkBackward, networkForward, tapeTensors, type LoadedNetwork, type NetworkTape } from './network-pass.ts';
import { optimizerUpdate } from './optimizer.ts';
import { layOut, splitParameters } from './parameter-vector.ts';
import { preprocess } from './preprocess.ts';
import { within, type Session } from './session.ts';
import { readTensor, StoredNetwork } from './stored-network.ts';

function checkLength(what: string, values: Float32Array, length: number): void {
  if (values.length !== length) throw new RangeError(`${what}: ${values.length} values where ${length} belong`);
}

export class TensorflowInstance implements NetworkInstance {
  readonly specification: NetworkSpecification;
  readonly #session: Session;
  readonly #placed: PlacedNetwork;
  readonly #maxBatch: number;
  readonly #optimizer: OptimizerConfig | undefined;
  readonly #stored: StoredNetwork;
  #tape: NetworkTape | null = null;
  /** Of all parameters, dense, as one vector. */
  #gradient: Tensor | null = null;
  #steps = 0;

  constructor(session: Session, network: NetworkSpecification, parameters: Parameters, options: InstanceOptions) {
    checkParameters(network, parameters);
    this.specification = network;
    this.#session = session;
    this.#placed = placeNetwork(network);
    this.#maxBatch = options.maxBatch;
    this.#optimizer = options.optimizer;
    const slots = options.optimizer === undefined ? [] : optimizerSlots(options.optimizer);
    this.#stored = within(session, (tf) => new StoredNetwork(tf, layOut(this.#placed), parameters, slots));
  }

  forward(inputs: Float32Array, batchSize: number, options: { readonly tape?: boolean } = {}): Float32Array {
    const { inputSize } = this.#placed;
    if (batchSize < 1 || batchSize > this.#maxBatch) {
      throw new RangeError(`a batch of ${batchSize} where 1 to ${this.#maxBatch} were promised`);
    }
    checkLength('inputs', inputs, batchSize * inputSize);
    return within(this.#session, (tf) => {
      const input = tf.tensor2d(preprocess(this.specification.input, inputs), [batchSize, inputSize]);
      const { output, tape } = networkForward(tf, this.#network, input);
      if (options.tape === true) {
        this.#dropTape();
        this.#tape = tape;
        for (const tensor of tapeTensors(tape)) tf.keep(tensor);
      }
      return readTensor(output);
    });
  }

  activations(layer: string): Float32Array {
    const { trunk, heads } = this.#requireTape();
    const found = [trunk, ...heads].flat().find(({ placed }) => placed.layer.name === layer);
    if (found === undefined) throw new RangeError(`the network has no layer "${layer}"`);
    return within(this.#session, () => readTensor(found.output));
  }

  backward(outputGradient: Float32Array): void {
    this.#requireOptimizer();
    const tape = this.#requireTape();
    const { outputSize } = this.#placed;
    checkLength('outputGradient', outputGradient, tape.batchSize * outputSize);
    within(this.#session, (tf) => {
      const gradients = networkBackward(
        tf,
        this.#network,
        tape,
        tf.tensor2d(outputGradient.slice(), [tape.batchSize, outputSize]),
      );
      this.#gradient?.dispose();
      this.#gradient = tf.keep(this.#stored.join(gradients));
    });
  }

  gradients(): Parameters {
    const gradient = this.#requireGradient();
    return within(this.#session, () => splitParameters(this.#stored.layout, readTensor(gradient)));
  }

  step({ learningRate, maxGradientNorm }: StepOptions): void {
    const optimizer = this.#requireOptimizer();
    const stored = this.#stored;
    const dense = this.#requireGradient();
    within(this.#session, (tf) => {
      const gradient = stored.silence(dense);
      const norm = gradientNorm(tf, gradient);
      if (!Number.isFinite(norm)) checkFinite(this.gradients());
      const { direction, slots } = optimizerUpdate(tf, optimizer, {
        gradient: clipGradient(tf, gradient, norm, maxGradientNorm),
        slots: stored.slots,
        step: this.#steps + 1,
      });
      stored.replaceParameters(tf.sub(stored.parameters, tf.mul(direction, learningRate)));
      for (const [slot, vector] of slots) stored.replaceSlot(slot, vector);
    });
    this.#steps++;
  }

  setMasks(masks: Masks): void {
    checkMasks(parameterShapes(this.specification), masks);
    within(this.#session, () => {
      this.#stored.replaceMasks(masks);
    });
  }

  readParameters(): Record<string, Float32Array> {
    return within(this.#session, () => this.#stored.readParameters());
  }

  writeParameters(parameters: Parameters): void {
    checkParameters(this.specification, parameters);
    within(this.#session, () => {
      this.#stored.writeParameters(parameters);
    });
  }

  readOptimizer(): OptimizerState {
    return { step: this.#steps, slots: within(this.#session, () => this.#stored.readSlots()) };
  }

  writeOptimizer(state: OptimizerState): void {
    checkOptimizerState(this.#requireOptimizer(), parameterShapes(this.specification), state);
    within(this.#session, () => {
      this.#stored.writeSlots(state.slots);
    });
    this.#steps = state.step;
  }

  dispose(): void {
    this.#dropTape();
    this.#gradient?.dispose();
    this.#stored.dispose();
  }

  get #network(): LoadedNetwork {
    return { placed: this.#placed, combine: this.specification.combine, weights: this.#stored.weights };
  }

  #dropTape(): void {
    if (this.#tape !== null) for (const tensor of tapeTensors(this.#tape)) tensor.dispose();
    this.#tape = null;
  }

  #requireOptimizer(): OptimizerConfig {
    if (this.#optimizer === undefined) throw new Error('this instance has no optimizer: it was made for inference');
    return this.#optimizer;
  }

  #requireTape(): NetworkTape {
    if (this.#tape === null) throw new Error('needs a forward pass with a tape before it');
    return this.#tape;
  }

  #requireGradient(): Tensor {
    if (this.#gradient === null) throw new Error('needs a backward pass before it');
    return this.#gradient;
  }
}
