// Dense layers of which most weights are pruned: products over the nonzero weights only, vectorised over samples. A panel
// of x stays in the first-level cache while its rows are visited in the weights' order (Gale et al. 2020 do so on GPUs).
import { activatePanels, activationGradient, RELU } from './activations';
import { biasGradient } from './dense';
import { DenseRecord } from './records';
import { fma, laneSum, rectify, zero } from './simd';

/**
 * One panel of samples: y[output][8] = start + Σ over the output's weights: w ⊗ x[input][8].
 * Weights come in fours, so that four independent chains of additions hide each other's latency.
 * @param starts where each output's weights start, one more than there are outputs.
 * @param bias a start value per output; 0 starts from zero, or from y where `accumulate` is set.
 */
function sparseProduct(
  starts: usize,
  offsets: usize,
  values: usize,
  x: usize,
  y: usize,
  outputs: i32,
  bias: usize,
  accumulate: i32,
  relu: i32,
): void {
  let at = load<usize>(starts);
  for (let output = 0; output < outputs; output++) {
    starts += 4;
    const end = load<usize>(starts);
    let a0 = zero();
    let a1 = a0;
    if (bias) {
      a0 = v128.load32_splat(bias);
      a1 = a0;
      bias += 4;
    } else if (accumulate) {
      a0 = v128.load(y);
      a1 = v128.load(y, 16);
    }
    let b0 = zero(),
      b1 = b0,
      c0 = b0,
      c1 = b0,
      d0 = b0,
      d1 = b0;
    for (; at < end; at += 16) {
      const w = v128.load(values + at);
      const offset = offsets + at;
      let row = x + load<usize>(offset);
      let wv = v128.shuffle<f32>(w, w, 0, 0, 0, 0);
      a0 = fma(wv, v128.load(row), a0);
      a1 = fma(wv, v128.load(row, 16), a1);
      row = x + load<usize>(offset, 4);
      wv = v128.shuffle<f32>(w, w, 1, 1, 1, 1);
      b0 = fma(wv, v128.load(row), b0);
      b1 = fma(wv, v128.load(row, 16), b1);
      row = x + load<usize>(offset, 8);
      wv = v128.shuffle<f32>(w, w, 2, 2, 2, 2);
      c0 = fma(wv, v128.load(row), c0);
      c1 = fma(wv, v128.load(row, 16), c1);
      row = x + load<usize>(offset, 12);
      wv = v128.shuffle<f32>(w, w, 3, 3, 3, 3);
      d0 = fma(wv, v128.load(row), d0);
      d1 = fma(wv, v128.load(row, 16), d1);
    }
    a0 = f32x4.add(f32x4.add(a0, b0), f32x4.add(c0, d0));
    a1 = f32x4.add(f32x4.add(a1, b1), f32x4.add(c1, d1));
    if (relu) {
      a0 = rectify(a0);
      a1 = rectify(a1);
    }
    v128.store(y, a0);
    v128.store(y, a1, 16);
    y += 32;
  }
}

export function sparseForward(layer: DenseRecord, panels: i32): void {
  const fused = layer.activation == RELU;
  const outputs = (layer.units + 3) & ~3; // the filling ones have no weights and no bias
  for (let p = 0; p < panels; p++) {
    const x = layer.x + <usize>p * layer.xStride;
    const y = layer.y + <usize>p * layer.yStride;
    sparseProduct(layer.starts, layer.offsets, layer.w, x, y, outputs, layer.bias, 0, i32(fused));
  }
  if (!fused) activatePanels(layer.activation, layer.y, layer.yStride, layer.units, panels);
}

/** Σ over the 8 samples of x ⊙ dy, still spread over 4 lanes. */
function dot(x: usize, dy0: v128, dy1: v128): v128 {
  return fma(v128.load(x, 16), dy1, f32x4.mul(v128.load(x), dy0));
}

/** Of one panel of samples: dw = (or +=) Σ over samples of x ⊙ dy, for the weights that live. */
function weightGradientPanel(layer: DenseRecord, x: usize, dy: usize, accumulate: i32): void {
  const offsets = layer.offsets;
  const dw = layer.dw;
  let starts = layer.starts;
  let at = load<usize>(starts);
  for (let unit = 0; unit < layer.units; unit++) {
    starts += 4;
    const end = load<usize>(starts);
    const dy0 = v128.load(dy);
    const dy1 = v128.load(dy, 16);
    for (; at < end; at += 16) {
      const offset = offsets + at;
      const a = dot(x + load<usize>(offset), dy0, dy1);
      const b = dot(x + load<usize>(offset, 4), dy0, dy1);
      const c = dot(x + load<usize>(offset, 8), dy0, dy1);
      const d = dot(x + load<usize>(offset, 12), dy0, dy1);
      const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
      const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
      let sum = f32x4.add(v128.shuffle<f64>(ab, cd, 0, 2), v128.shuffle<f64>(ab, cd, 1, 3));
      if (accumulate) sum = f32x4.add(sum, v128.load(dw + at));
      v128.store(dw + at, sum);
    }
    dy += 32;
  }
}

function weightGradient(layer: DenseRecord, panels: i32): void {
  for (let p = 0; p < panels; p++) {
    const x = layer.x + <usize>p * layer.xStride;
    const dy = layer.dy + <usize>p * layer.yStride;
    weightGradientPanel(layer, x, dy, i32(p > 0));
  }
  // What fills up a unit's fours is no weight.
  for (let unit: usize = 0; unit < (<usize>layer.units) << 2; unit += 4) {
    const end = load<usize>(layer.starts + unit, 4);
    for (let at = load<usize>(layer.ends + unit); at < end; at += 4) f32.store(layer.dw + at, 0);
  }
}

function inputGradient(layer: DenseRecord, panels: i32): void {
  const values = layer.rowValues;
  const bytes = load<usize>(layer.rowStarts + ((<usize>layer.rows) << 2));
  for (let at: usize = 0; at < bytes; at += 4) {
    f32.store(values + at, f32.load(layer.w + load<usize>(layer.order + at)));
  }
  for (let p = 0; p < panels; p++) {
    const dy = layer.dy + <usize>p * layer.yStride;
    const dx = layer.dx + <usize>p * layer.xStride;
    sparseProduct(layer.rowStarts, layer.rowOffsets, values, dy, dx, layer.rows, 0, layer.accumulate, 0);
  }
}

export function sparseBackward(layer: DenseRecord, panels: i32): void {
  activationGradient(layer.activation, layer.y, layer.dy, layer.yStride, layer.units, panels);
  biasGradient(layer, panels);
  weightGradient(layer, panels);
  if (layer.dx) inputGradient(layer, panels);
}

/** A vector of one sample; a row's offset in a vector is an eighth of that in a panel. */
export function sparseSingle(layer: DenseRecord): void {
  const x = layer.x;
  const offsets = layer.offsets;
  const values = layer.w;
  let starts = layer.starts;
  let bias = layer.bias;
  let y = layer.y;
  let at = load<usize>(starts);
  for (let unit = 0; unit < layer.units; unit++) {
    starts += 4;
    const end = load<usize>(starts);
    let sum = zero();
    for (; at < end; at += 16) {
      const offset = offsets + at;
      let row = v128.load32_zero(x + (load<usize>(offset) >> 3));
      row = v128.load_lane<f32>(x + (load<usize>(offset, 4) >> 3), row, 1);
      row = v128.load_lane<f32>(x + (load<usize>(offset, 8) >> 3), row, 2);
      row = v128.load_lane<f32>(x + (load<usize>(offset, 12) >> 3), row, 3);
      sum = fma(v128.load(values + at), row, sum);
    }
    f32.store(y, f32.load(bias) + laneSum(sum));
    y += 4;
    bias += 4;
  }
}
