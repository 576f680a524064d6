// A network that lives in one WebAssembly memory. A forward pass, a backward pass and a step are one call each.
import type { NetworkSpecification } from '../../../contract/network.ts';
import { checkParameters, parameterShapes, type Shape } from '../../networks/shapes.ts';
import { applyMasks, type Masks, type Parameters } from '../../networks/parameters.ts';
import type { InstanceOptions, NetworkInstance, OptimizerConfig, OptimizerState, StepOptions } from '../backend.ts';
import { checkMasks } from '../check-masks.ts';
import { checkFinite } from '../non-finite-error.ts';
import { checkOptimizerState, optimizerSlots, slotName } from '../optimizer-slots.ts';
import type { Values } from './buffers.ts';
import { KernelMemoryError } from './kernel-memory-error.ts';
import { planNetwork, type NetworkPlan } from './network-plan.ts';
import { ParameterStore } from './parameter-store.ts';
import { webAssembly, type KernelExports, type KernelModule, type WasmMemory } from './webassembly.ts';

const PAGE = 65_536;

/** A momentum of 0.9 shrinks a thousandfold in so many steps: from what is flushed, not yet to subnormal numbers. */
const STEPS_BETWEEN_FLUSHES = 64;

function allocate(bytes: number, maxBatch: number): WasmMemory {
  const pages = Math.ceil(bytes / PAGE);
  if (pages > 65_536) throw new KernelMemoryError(bytes, maxBatch);
  try {
    return new webAssembly.Memory({ initial: pages, maximum: pages });
  } catch (cause) {
    throw new KernelMemoryError(bytes, maxBatch, { cause });
  }
}

export class KernelInstance implements NetworkInstance {
  readonly specification: NetworkSpecification;
  readonly #shapes: Readonly<Record<string, Shape>>;
  readonly #options: InstanceOptions;
  readonly #plan: NetworkPlan;
  readonly #kernels: KernelExports;
  readonly #memory: ArrayBuffer;
  readonly #floats: Float32Array;
  /** By batch size: the views that `forward` returns. */
  readonly #outputs: Float32Array[] = [];
  readonly #parameters: ParameterStore;
  /** Rows of the last taped forward; 0 before. */
  #tapedBatch = 0;
  /** Whether the gradients are of the tape, of a tape before it, or not there. */
  #gradients: 'none' | 'of-tape' | 'older' = 'none';
  #steps = 0;

  /** @throws ParameterShapeError, KernelMemoryError */
  constructor(
    { module, wide }: KernelModule,
    network: NetworkSpecification,
    parameters: Parameters,
    options: InstanceOptions,
  ) {
    checkParameters(network, parameters);
    this.specification = network;
    this.#shapes = parameterShapes(network);
    this.#options = options;
    const training = options.optimizer !== undefined;
    this.#plan = planNetwork({ network, maxBatch: options.maxBatch, training });
    const memory = allocate(this.#plan.bytes, options.maxBatch);
    this.#memory = memory.buffer;
    this.#floats = new Float32Array(this.#memory);
    this.#kernels = new webAssembly.Instance(module, { env: { memory } }).exports as KernelExports;
    if (wide) this.#kernels.useWideTiles();
    this.#writeConstants();
    this.#parameters = new ParameterStore(this.#plan, this.#memory);
    this.#parameters.write('w', parameters);
  }

  forward(inputs: Float32Array, batchSize: number, options?: { readonly tape?: boolean }): Float32Array {
    const { placed, input, taped, inference } = this.#plan;
    if (batchSize < 1 || batchSize > this.#options.maxBatch) {
      throw new RangeError(`a batch of ${batchSize} rows, this instance takes 1 to ${this.#options.maxBatch}`);
    }
    if (inputs.length !== batchSize * placed.inputSize) {
      throw new RangeError(`${inputs.length} inputs, ${batchSize} rows of ${placed.inputSize} are needed`);
    }
    this.#floats.set(inputs, input / 4);
    if (options?.tape === true) {
      this.#kernels.forward(taped.address, taped.length, batchSize);
      this.#tapedBatch = batchSize;
      if (this.#gradients === 'of-tape') this.#gradients = 'older';
    } else if (batchSize === 1) {
      this.#kernels.forwardSingle(inference.address, inference.length);
    } else {
      this.#kernels.forward(inference.address, inference.length, batchSize);
    }
    return (this.#outputs[batchSize] ??= this.#view(this.#plan.output, batchSize * placed.outputSize));
  }

  activations(layer: string): Float32Array {
    const values = this.#plan.tape.layers.get(layer);
    if (values === undefined) throw new Error(`the network has no layer "${layer}"`);
    if (this.#tapedBatch === 0) throw new Error('activations need a forward pass with { tape: true }');
    return this.#readValues(values, this.#tapedBatch);
  }

  backward(outputGradient: Float32Array): void {
    const { placed, taped } = this.#plan;
    this.#optimizer();
    if (this.#tapedBatch === 0) throw new Error('backward needs a forward pass with { tape: true }');
    if (outputGradient.length !== this.#tapedBatch * placed.outputSize) {
      throw new RangeError(
        `${outputGradient.length} output gradients, ${this.#tapedBatch} rows of ${placed.outputSize} are needed`,
      );
    }
    this.#floats.set(outputGradient, this.#plan.outputGradient / 4);
    this.#kernels.backward(taped.address, taped.length, this.#tapedBatch);
    this.#gradients = 'of-tape';
  }

  gradients(): Record<string, Float32Array> {
    if (this.#gradients === 'none') throw new Error('gradients need a backward pass');
    if (this.#gradients === 'older' && this.#parameters.hasSparse) {
      throw new Error('gradients of pruned weights must be asked for before the next forward pass with { tape: true }');
    }
    return this.#parameters.readDenseGradients((layer, address) => {
      this.#kernels.denseWeightGradient(this.#plan.taped.addressOf(layer), this.#tapedBatch, address);
    });
  }

  step({ learningRate, maxGradientNorm }: StepOptions): void {
    const optimizer = this.#optimizer();
    if (this.#gradients === 'none') throw new Error('a step needs a backward pass');
    const norm = this.#gradientNorm();
    const scale = maxGradientNorm !== undefined && norm > maxGradientNorm ? maxGradientNorm / (norm + 1e-6) : 1;
    this.#steps++;
    const { parameterTable: table, parameters } = this.#plan;
    const count = parameters.length;
    if (this.#steps % STEPS_BETWEEN_FLUSHES === 0) this.#kernels.flushSlots(table, count);
    switch (optimizer.kind) {
      case 'adam': {
        const { beta1, beta2, epsilon } = optimizer;
        const rate = learningRate / (1 - beta1 ** this.#steps);
        const root = 1 / Math.sqrt(1 - beta2 ** this.#steps);
        this.#kernels.adamStep(table, count, scale, rate, beta1, 1 - beta1, beta2, 1 - beta2, root, epsilon);
        return;
      }
      case 'rmsprop': {
        const { decay, epsilon, centered } = optimizer;
        this.#kernels.rmspropStep(table, count, scale, learningRate, decay, 1 - decay, epsilon, Number(centered));
        return;
      }
      case 'sgd':
        this.#kernels.sgdStep(table, count, scale, learningRate, optimizer.momentum);
        return;
    }
  }

  setMasks(masks: Masks): void {
    checkMasks(this.#shapes, masks);
    const gradients = this.#gradients === 'of-tape' ? this.gradients() : null;
    const { optimizer } = this.#options;
    this.#parameters.setMasks(masks, optimizer === undefined ? ['w'] : ['w', 'gradient', ...optimizerSlots(optimizer)]);
    if (gradients !== null) this.#parameters.write('gradient', gradients);
  }

  readParameters(): Record<string, Float32Array> {
    return this.#parameters.read('w');
  }

  writeParameters(parameters: Parameters): void {
    checkParameters(this.specification, parameters);
    this.#parameters.write('w', parameters);
  }

  readOptimizer(): OptimizerState {
    const slots: Record<string, Float32Array> = {};
    for (const slot of optimizerSlots(this.#optimizer())) {
      for (const [name, values] of Object.entries(this.#parameters.read(slot))) slots[slotName(slot, name)] = values;
    }
    return { step: this.#steps, slots };
  }

  writeOptimizer(state: OptimizerState): void {
    const optimizer = this.#optimizer();
    checkOptimizerState(optimizer, this.#shapes, state);
    for (const slot of optimizerSlots(optimizer)) {
      const names = Object.keys(this.#shapes);
      this.#parameters.write(slot, Object.fromEntries(names.map((name) => [name, state.slots[slotName(slot, name)]!])));
    }
    this.#steps = state.step;
  }

  dispose(): void {
    // The memory goes when the instance is collected; there is nothing else to give back.
  }

  #optimizer(): OptimizerConfig {
    if (this.#options.optimizer === undefined) throw new Error('the instance was made without an optimizer');
    return this.#options.optimizer;
  }

  #view(address: number, length: number): Float32Array {
    return new Float32Array(this.#memory, address, length);
  }

  /** L2 norm of all gradients, those of masked weights left out. @throws NonFiniteError */
  #gradientNorm(): number {
    const { parameterTable, parameters } = this.#plan;
    const squared = this.#kernels.squaredNorm(parameterTable, parameters.length);
    if (Number.isFinite(squared)) return Math.sqrt(squared);
    const gradients = this.gradients();
    checkFinite(gradients);
    // Finite, but too large to square in float32.
    const living = applyMasks(gradients, this.#parameters.masks);
    const sum = Object.values(living).reduce((total, g) => g.reduce((part, value) => part + value * value, total), 0);
    return Math.sqrt(sum);
  }

  /** Panels → [batch, features]. */
  #readValues({ address, stride, features }: Values, batch: number): Float32Array {
    const rows = new Float32Array(batch * features);
    for (let sample = 0; sample < batch; sample++) {
      const base = (address + Math.floor(sample / 8) * stride) / 4 + (sample % 8);
      for (let i = 0; i < features; i++) rows[sample * features + i] = this.#floats[base + 8 * i]!;
    }
    return rows;
  }

  #writeConstants(): void {
    const { taped, inference, normalizer, placed } = this.#plan;
    for (const program of [taped, inference]) program.writeTo(this.#memory);
    if (this.specification.input.normalizer === undefined) return;
    const { mean, variance, epsilon } = this.specification.input.normalizer;
    this.#view(normalizer, placed.inputSize).set(mean);
    const inverse = variance.map((value) => 1 / Math.sqrt(value + epsilon));
    this.#view(normalizer + 4 * placed.inputSize, placed.inputSize).set(inverse);
  }
}
