// What the host calls: a whole network per call. A program is a list of records (records.ts), in forward order.
import { convolutionBackward } from './conv2d-backward';
import { convolutionForward } from './conv2d';
import { convolutionSingle } from './conv2d-single';
import { activateVector } from './activations';
import { denseBackward, denseForward, denseSingle, weightGradient } from './dense';
import { inputForward, inputSingle } from './input';
import { maxPoolBackward, maxPoolForward, maxPoolSingle } from './max-pool';
import { duelingBackward, duelingForward, duelingSingle, outputBackward, outputForward, outputSingle } from './output';
import {
  CONVOLUTION,
  ConvolutionRecord,
  DENSE,
  DenseRecord,
  DUELING,
  DuelingRecord,
  INPUT,
  InputRecord,
  MAX_POOL,
  MaxPoolRecord,
  OUTPUT,
  OutputRecord,
  RECORD_BYTES,
  SPARSE,
} from './records';
import { sparseBackward, sparseForward, sparseSingle } from './sparse';

export { useWideTiles } from './simd';
export { adamStep, flushSlots, rmspropStep, sgdStep, squaredNorm } from './optimizers';

export function forward(program: usize, length: i32, batch: i32): void {
  const panels = (batch + 7) >> 3;
  for (let i = 0; i < length; i++) {
    const at = program + <usize>i * RECORD_BYTES;
    const kind = load<i32>(at);
    if (kind == DENSE) denseForward(changetype<DenseRecord>(at), panels);
    else if (kind == SPARSE) sparseForward(changetype<DenseRecord>(at), panels);
    else if (kind == CONVOLUTION) convolutionForward(changetype<ConvolutionRecord>(at), panels);
    else if (kind == MAX_POOL) maxPoolForward(changetype<MaxPoolRecord>(at), panels);
    else if (kind == INPUT) inputForward(changetype<InputRecord>(at), batch, panels);
    else if (kind == OUTPUT) outputForward(changetype<OutputRecord>(at), batch);
    else if (kind == DUELING) duelingForward(changetype<DuelingRecord>(at), batch);
  }
}

export function forwardSingle(program: usize, length: i32): void {
  for (let i = 0; i < length; i++) {
    const at = program + <usize>i * RECORD_BYTES;
    const kind = load<i32>(at);
    if (kind == DENSE || kind == SPARSE) {
      const layer = changetype<DenseRecord>(at);
      if (kind == DENSE) denseSingle(layer);
      else sparseSingle(layer);
      activateVector(layer.activation, layer.y, layer.units);
    } else if (kind == CONVOLUTION) convolutionSingle(changetype<ConvolutionRecord>(at));
    else if (kind == MAX_POOL) maxPoolSingle(changetype<MaxPoolRecord>(at));
    else if (kind == INPUT) inputSingle(changetype<InputRecord>(at));
    else if (kind == OUTPUT) outputSingle(changetype<OutputRecord>(at));
    else if (kind == DUELING) duelingSingle(changetype<DuelingRecord>(at));
  }
}

/** Gradients of everything, from the gradient of the outputs; the program must be the taped one of the last forward. */
export function backward(program: usize, length: i32, batch: i32): void {
  const panels = (batch + 7) >> 3;
  for (let i = length - 1; i >= 0; i--) {
    const at = program + <usize>i * RECORD_BYTES;
    const kind = load<i32>(at);
    if (kind == DENSE) denseBackward(changetype<DenseRecord>(at), panels);
    else if (kind == SPARSE) sparseBackward(changetype<DenseRecord>(at), panels);
    else if (kind == CONVOLUTION) convolutionBackward(changetype<ConvolutionRecord>(at), panels);
    else if (kind == MAX_POOL) maxPoolBackward(changetype<MaxPoolRecord>(at), panels);
    else if (kind == OUTPUT) outputBackward(changetype<OutputRecord>(at), batch, panels);
    else if (kind == DUELING) duelingBackward(changetype<DuelingRecord>(at), batch, panels);
  }
}

/** The gradient of all weights of a sparse dense layer, as a dense one would have it; after a `backward`. */
export function denseWeightGradient(layer: usize, batch: i32, dw: usize): void {
  weightGradient(changetype<DenseRecord>(layer), (batch + 7) >> 3, dw);
}
