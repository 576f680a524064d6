// A network that lives in one WebAssembly memory. A forward pass, a backward pass and a step are one call each.
import type { NetworkSpecification } from '../../../contract/network.ts';
import { checkParameters, parameterShapes, type Shape } from '../../networks/shapes.ts';
import type { Masks, Parameters } from '../../networks/parameters.ts';
import type { InstanceOptions, NetworkInstance, OptimizerConfig, OptimizerState, StepOptions } from '../backend.ts';
import { checkMasks } from '../check-masks.ts';
import { checkFinite } from '../non-finite-error.ts';
import { checkOptimizerState, optimizerSlots, slotName } from '../optimizer-slots.ts';
import type { Values } from './buffers.ts';
import { KernelMemoryError } from './kernel-memory-error.ts';
import { PARAMETER_RECORD_BYTES, planNetwork, type NetworkPlan, type PlannedParameter } from './network-plan.ts';
import { pack, packMask, unpack } from './parameter-layout.ts';
import { webAssembly, type KernelExports, type WasmMemory, type WasmModule } from './webassembly.ts';

const PAGE = 65_536;

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
  #masks: Masks = {};
  /** Of the last taped forward; 0 before. */
  #tapedBatch = 0;
  #hasGradients = false;
  #steps = 0;

  /** @throws ParameterShapeError, KernelMemoryError */
  constructor(module: WasmModule, network: NetworkSpecification, parameters: Parameters, options: InstanceOptions) {
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
    this.#writeConstants();
    this.#writeParameterTable();
    this.writeParameters(parameters);
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
      this.#kernels.forward(taped.address, taped.program.length, batchSize);
      this.#tapedBatch = batchSize;
      this.#hasGradients = false;
    } else if (batchSize === 1) {
      this.#kernels.forwardSingle(inference.address, inference.program.length);
    } else {
      this.#kernels.forward(inference.address, inference.program.length, batchSize);
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
    this.#kernels.backward(taped.address, taped.program.length, this.#tapedBatch);
    this.#hasGradients = true;
  }

  gradients(): Record<string, Float32Array> {
    if (!this.#hasGradients) throw new Error('gradients need a backward pass');
    return this.#read((parameter) => parameter.gradient);
  }

  step({ learningRate, maxGradientNorm }: StepOptions): void {
    const optimizer = this.#optimizer();
    if (!this.#hasGradients) throw new Error('a step needs a backward pass');
    const norm = this.#gradientNorm();
    const scale = maxGradientNorm !== undefined && norm > maxGradientNorm ? maxGradientNorm / (norm + 1e-6) : 1;
    this.#steps++;
    const { parameterTable: table, parameters } = this.#plan;
    const count = parameters.length;
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
    this.#masks = Object.fromEntries(Object.entries(masks).map(([name, mask]) => [name, mask.slice()]));
    for (const parameter of this.#plan.parameters) {
      const mask = this.#masks[parameter.layout.name];
      if (mask === undefined || parameter.mask === 0) continue;
      packMask(parameter.layout, mask, new Int32Array(this.#memory, parameter.mask, parameter.layout.bytes / 4));
    }
    this.#writeParameterTable();
    this.#silenceMasked();
  }

  readParameters(): Record<string, Float32Array> {
    return this.#read((parameter) => parameter.w);
  }

  writeParameters(parameters: Parameters): void {
    checkParameters(this.specification, parameters);
    for (const { layout, w } of this.#plan.parameters) {
      pack(layout, parameters[layout.name]!, this.#view(w, layout.bytes / 4));
    }
    this.#silenceMasked();
  }

  readOptimizer(): OptimizerState {
    const slots: Record<string, Float32Array> = {};
    for (const slot of optimizerSlots(this.#optimizer())) {
      const values = this.#read((parameter) => parameter[slot]);
      for (const [name, array] of Object.entries(values)) slots[slotName(slot, name)] = array;
    }
    return { step: this.#steps, slots };
  }

  writeOptimizer(state: OptimizerState): void {
    const optimizer = this.#optimizer();
    checkOptimizerState(optimizer, this.#shapes, state);
    for (const slot of optimizerSlots(optimizer)) {
      for (const parameter of this.#plan.parameters) {
        const { layout } = parameter;
        pack(layout, state.slots[slotName(slot, layout.name)]!, this.#view(parameter[slot], layout.bytes / 4));
      }
    }
    this.#steps = state.step;
    this.#silenceMasked();
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
    let sum = 0;
    for (const [name, values] of Object.entries(gradients)) {
      const mask = this.#masks[name];
      values.forEach((value, i) => {
        if (mask?.[i] !== 0) sum += value * value;
      });
    }
    return Math.sqrt(sum);
  }

  #read(addressOf: (parameter: PlannedParameter) => number): Record<string, Float32Array> {
    return Object.fromEntries(
      this.#plan.parameters.map((parameter) => {
        const { layout } = parameter;
        const values = new Float32Array(layout.rows * layout.columns);
        unpack(layout, this.#view(addressOf(parameter), layout.bytes / 4), values);
        return [layout.name, values];
      }),
    );
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
    for (const { program, address } of [taped, inference]) program.writeTo(this.#memory, address);
    if (this.specification.input.normalizer === undefined) return;
    const { mean, variance, epsilon } = this.specification.input.normalizer;
    this.#view(normalizer, placed.inputSize).set(mean);
    const inverse = variance.map((value) => 1 / Math.sqrt(value + epsilon));
    this.#view(normalizer + 4 * placed.inputSize, placed.inputSize).set(inverse);
  }

  #writeParameterTable(): void {
    const { parameters, parameterTable } = this.#plan;
    parameters.forEach(({ layout, w, gradient, m, v, mask }, i) => {
      const record = new Int32Array(this.#memory, parameterTable + i * PARAMETER_RECORD_BYTES, 6);
      record.set([w, gradient, m, v, layout.bytes, this.#masks[layout.name] === undefined ? 0 : mask]);
    });
  }

  /** Zeroes what is masked: weights and optimizer slots. */
  #silenceMasked(): void {
    for (const { layout, w, m, v } of this.#plan.parameters) {
      const mask = this.#masks[layout.name];
      if (mask === undefined) continue;
      for (const address of m === 0 ? [w] : [w, m, v]) {
        const packed = this.#view(address, layout.bytes / 4);
        const values = new Float32Array(mask.length);
        unpack(layout, packed, values);
        for (let i = 0; i < values.length; i++) if (mask[i] === 0) values[i] = 0;
        pack(layout, values, packed);
      }
    }
  }
}
