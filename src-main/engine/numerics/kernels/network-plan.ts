// A whole network laid out in memory: its parameters, its buffers and the programs that the kernels run on them.
import type { NetworkSpecification } from '../../../contract/network.ts';
import { allLayers, placeNetwork, type PlacedNetwork } from '../../networks/shapes.ts';
import { inferenceBuffers, tapeBuffers, type Buffers } from './buffers.ts';
import { MemoryLayout, samplePanels } from './memory-layout.ts';
import { buildProgram, listBytes, scratchBytes, type ProgramContext } from './network-program.ts';
import { planParameters, type PlannedParameter } from './parameter-plan.ts';
import type { Program } from './program.ts';

export interface NetworkPlan {
  readonly placed: PlacedNetwork;
  readonly bytes: number;
  /** Row-major batches: observations, outputs, gradient of the outputs. */
  readonly input: number;
  readonly output: number;
  readonly outputGradient: number;
  /** Means, then inverse deviations, of the normaliser; 0 without one. */
  readonly normalizer: number;
  /** In forward order, kernel before bias. */
  readonly parameters: readonly PlannedParameter[];
  /** The table of parameters that the optimizers walk. */
  readonly parameterTable: number;
  readonly tape: Buffers;
  /** Keeps every layer's values; `backward` walks it the other way. */
  readonly taped: Program;
  /** Keeps nothing; leaves the tape alone. */
  readonly inference: Program;
  /** Room for the dense gradient of the largest layer that may be sparse. */
  readonly denseGradient: number;
}

/** Bytes of one entry of the parameter table. */
export const PARAMETER_RECORD_BYTES = 32;

/** Lays out a network for batches up to `maxBatch`; `training` adds gradients and what optimizers remember. */
export function planNetwork({
  network,
  maxBatch,
  training,
}: {
  readonly network: NetworkSpecification;
  readonly maxBatch: number;
  readonly training: boolean;
}): NetworkPlan {
  const placed = placeNetwork(network);
  const layout = new MemoryLayout();
  const panels = samplePanels(maxBatch);
  const weights = planParameters(placed, { layout, maxBatch, training });
  const parameters = [...weights.values()].flatMap(({ kernel, bias }) => [kernel, bias]);
  const scratch = Math.max(...allLayers(placed).map((layer) => scratchBytes(layer, panels)));
  const lists = Math.max(...allLayers(placed).map((layer) => listBytes(layer, panels)));
  const denseGradient = Math.max(...parameters.map(({ layout: { bytes }, sparse }) => (sparse === null ? 0 : bytes)));
  // Panels of 8 samples are read whole, also where the batch ends.
  const rows = panels * 8;
  const context: ProgramContext = {
    network,
    placed,
    layout,
    panels,
    weights,
    scratch: training ? layout.take(scratch) : 0,
    lists: layout.take(lists),
    input: layout.take(rows * placed.inputSize * 4),
    output: layout.take(rows * placed.outputSize * 4),
    outputGradient: training ? layout.take(rows * placed.outputSize * 4) : 0,
    normalizer: network.input.normalizer === undefined ? 0 : layout.take(2 * placed.inputSize * 4),
  };
  const tape = tapeBuffers(placed, layout, { maxBatch, deltas: training });
  const taped = buildProgram(context, tape);
  const inference = buildProgram(context, inferenceBuffers(placed, layout, maxBatch));
  const { input, output, outputGradient, normalizer } = context;
  return {
    placed,
    input,
    output,
    outputGradient,
    normalizer,
    parameters,
    parameterTable: layout.take(parameters.length * PARAMETER_RECORD_BYTES),
    tape,
    taped,
    inference,
    denseGradient: training ? layout.take(denseGradient) : 0,
    bytes: layout.bytes,
  };
}
