// What an instance remembers between calls: parameters, optimizer slots and masks, as kept tensors of one engine.
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Masks, Parameters } from '../../networks/parameters.ts';
import { slotName, type OptimizerSlot } from '../optimizer-slots.ts';
import type { Weights } from './layers/layer-tape.ts';
import { joinParameters, splitParameters, type Segment, type VectorLayout } from './parameter-vector.ts';
import type { Tensorflow } from './session.ts';

/** A copy: some engines hand out the memory that they compute in. */
export const readTensor = (tensor: Tensor): Float32Array => (tensor.dataSync() as Float32Array).slice();

/**
 * All parameters as one vector, and every slot of the optimizer as another, so that a step takes a few operations
 * however many layers there are. Masked entries of each are exactly 0. Whatever computes has to be called inside `within`.
 */
export class StoredNetwork {
  readonly layout: VectorLayout;
  readonly #tf: Tensorflow;
  readonly #slots = new Map<OptimizerSlot, Tensor>();
  #parameters: Tensor;
  #weights: ReadonlyMap<string, Weights>;
  /** Booleans, true keeps; null while all is dense. */
  #mask: Tensor | null = null;

  /** @param parameters checked. */
  constructor(tf: Tensorflow, layout: VectorLayout, parameters: Parameters, slots: readonly OptimizerSlot[]) {
    this.#tf = tf;
    this.layout = layout;
    this.#parameters = tf.keep(this.#upload(parameters));
    this.#weights = this.#cutWeights();
    for (const slot of slots) this.#slots.set(slot, tf.keep(tf.zeros([this.layout.size])));
  }

  /** All parameters, as one vector. */
  get parameters(): Tensor {
    return this.#parameters;
  }

  /** Each a vector like `parameters`. */
  get slots(): ReadonlyMap<OptimizerSlot, Tensor> {
    return this.#slots;
  }

  /** The parameters by layer, in their own shapes. */
  get weights(): ReadonlyMap<string, Weights> {
    return this.#weights;
  }

  /** A vector with zeros where the mask prunes. A product would leave −0 there, and let NaN through. */
  silence(vector: Tensor): Tensor {
    return this.#mask === null ? vector : this.#tf.where(this.#mask, vector, this.#tf.zerosLike(vector));
  }

  /** Values per layer as one vector like `parameters`. */
  join(weights: ReadonlyMap<string, Weights>): Tensor {
    const parts = this.layout.layers.flatMap(({ layer }) => {
      const { kernel, bias } = weights.get(layer)!;
      return [this.#tf.reshape(kernel, [-1]), this.#tf.reshape(bias, [-1])];
    });
    return this.#tf.concat(parts);
  }

  /** @param vector silent already; kept from now on. */
  replaceParameters(vector: Tensor): void {
    this.#tf.dispose(this.#parameterTensors());
    this.#parameters = this.#tf.keep(vector);
    this.#weights = this.#cutWeights();
  }

  /** @param vector silent already; kept from now on. */
  replaceSlot(slot: OptimizerSlot, vector: Tensor): void {
    this.#slots.get(slot)?.dispose();
    this.#slots.set(slot, this.#tf.keep(vector));
  }

  /** @param masks checked; they replace the ones before. */
  replaceMasks(masks: Masks): void {
    this.#mask?.dispose();
    this.#mask = null;
    const keep = new Uint8Array(this.layout.size).fill(1);
    for (const { name, offset } of this.layout.segments) if (masks[name] !== undefined) keep.set(masks[name], offset);
    if (!keep.includes(0)) return;
    this.#mask = this.#tf.keep(this.#tf.tensor1d(keep, 'bool'));
    this.replaceParameters(this.silence(this.#parameters));
    for (const [slot, vector] of this.#slots) this.replaceSlot(slot, this.silence(vector));
  }

  readParameters(): Record<string, Float32Array> {
    return splitParameters(this.layout, readTensor(this.#parameters));
  }

  /** @param parameters checked. */
  writeParameters(parameters: Parameters): void {
    this.replaceParameters(this.silence(this.#upload(parameters)));
  }

  readSlots(): Record<string, Float32Array> {
    return Object.fromEntries(
      [...this.#slots].flatMap(([slot, vector]) =>
        Object.entries(splitParameters(this.layout, readTensor(vector))).map(([parameter, values]) => [
          slotName(slot, parameter),
          values,
        ]),
      ),
    );
  }

  /** @param values checked: `<slot>:<parameter>` → values. */
  writeSlots(values: Readonly<Record<string, Float32Array>>): void {
    for (const slot of this.#slots.keys()) {
      const parameters = this.layout.segments.map(({ name }) => [name, values[slotName(slot, name)]!] as const);
      this.replaceSlot(slot, this.silence(this.#upload(Object.fromEntries(parameters))));
    }
  }

  dispose(): void {
    this.#tf.dispose([...this.#parameterTensors(), ...this.#slots.values()]);
    this.#mask?.dispose();
  }

  #upload(parameters: Parameters): Tensor {
    return this.#tf.tensor1d(joinParameters(this.layout, parameters));
  }

  #parameterTensors(): Tensor[] {
    return [this.#parameters, ...[...this.#weights.values()].flatMap(({ kernel, bias }) => [kernel, bias])];
  }

  #cutWeights(): ReadonlyMap<string, Weights> {
    const cut = ({ shape, offset, size }: Segment): Tensor =>
      this.#tf.keep(this.#tf.reshape(this.#tf.slice(this.#parameters, offset, size), [...shape]));
    return new Map(
      this.layout.layers.map(({ layer, kernel, bias }) => [layer, { kernel: cut(kernel), bias: cut(bias) }]),
    );
  }
}
