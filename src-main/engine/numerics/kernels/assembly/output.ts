// Heads → rows of output, one after the other or combined as a dueling network; and the way back.
import { DuelingRecord, OutputRecord } from './records';

/** Value of one feature and sample in panels. */
function cell(base: usize, stride: usize, feature: i32, sample: i32): usize {
  return base + <usize>(sample >> 3) * stride + ((<usize>feature) << 5) + ((<usize>(sample & 7)) << 2);
}

export function outputForward(head: OutputRecord, batch: i32): void {
  let row = head.output + ((<usize>head.offset) << 2);
  for (let sample = 0; sample < batch; sample++) {
    for (let i = 0; i < head.size; i++) {
      f32.store(row + ((<usize>i) << 2), f32.load(cell(head.y, head.yStride, i, sample)));
    }
    row += (<usize>head.outputSize) << 2;
  }
}

/** Samples that only fill up the last panel get a zero gradient: they take part in nothing. */
export function outputBackward(head: OutputRecord, batch: i32, panels: i32): void {
  if (head.dy == 0) return;
  let row = head.outputGradient + ((<usize>head.offset) << 2);
  for (let sample = 0; sample < panels << 3; sample++) {
    for (let i = 0; i < head.size; i++) {
      const at = cell(head.dy, head.yStride, i, sample);
      const before: f32 = head.accumulate ? f32.load(at) : 0;
      f32.store(at, before + (sample < batch ? f32.load(row + ((<usize>i) << 2)) : 0));
    }
    row += (<usize>head.outputSize) << 2;
  }
}

export function outputSingle(head: OutputRecord): void {
  memory.copy(head.output + ((<usize>head.offset) << 2), head.y, (<usize>head.size) << 2);
}

/** Q = V + A − mean(A) (Wang et al. 2016, eq. 9). */
export function duelingForward(duel: DuelingRecord, batch: i32): void {
  const actions = duel.actions;
  let row = duel.output;
  for (let sample = 0; sample < batch; sample++) {
    let sum: f32 = 0;
    for (let a = 0; a < actions; a++) sum += f32.load(cell(duel.advantage, duel.advantageStride, a, sample));
    const base = f32.load(cell(duel.value, duel.valueStride, 0, sample)) - sum / <f32>actions;
    for (let a = 0; a < actions; a++) {
      f32.store(row, base + f32.load(cell(duel.advantage, duel.advantageStride, a, sample)));
      row += 4;
    }
  }
}

/** dV = Σ dQ; dA = dQ − mean(dQ). */
export function duelingBackward(duel: DuelingRecord, batch: i32, panels: i32): void {
  const actions = duel.actions;
  let row = duel.outputGradient;
  for (let sample = 0; sample < panels << 3; sample++) {
    const exists = sample < batch;
    let sum: f32 = 0;
    if (exists) for (let a = 0; a < actions; a++) sum += f32.load(row + ((<usize>a) << 2));
    const mean = sum / <f32>actions;
    f32.store(cell(duel.dvalue, duel.valueStride, 0, sample), sum);
    for (let a = 0; a < actions; a++) {
      f32.store(cell(duel.dadvantage, duel.advantageStride, a, sample), exists ? f32.load(row) - mean : 0);
      row += 4;
    }
  }
}

export function duelingSingle(duel: DuelingRecord): void {
  const actions = duel.actions;
  let sum: f32 = 0;
  for (let a = 0; a < actions; a++) sum += f32.load(duel.advantage + ((<usize>a) << 2));
  const base = f32.load(duel.value) - sum / <f32>actions;
  for (let a = 0; a < actions; a++) {
    const offset = (<usize>a) << 2;
    f32.store(duel.output + offset, base + f32.load(duel.advantage + offset));
  }
}
