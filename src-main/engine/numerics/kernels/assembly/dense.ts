// Dense layers of a batch: y = activation(x·w + bias) and the gradients of w, bias and x.
import { activatePanels, activationGradient, RELU } from './activations';
import { forwardTiles } from './forward-tile';
import { inputGradientTile } from './input-gradient-tile';
import { DenseRecord } from './records';
import { fma, laneSum, zero } from './simd';
import { transposePanel, weightGradientTile } from './weight-gradient-tile';

/** Rows of x in one pass: 4 outputs' weights of so many rows fill a quarter of a first-level cache. */
const BLOCK: i32 = 512;

export function denseForward(layer: DenseRecord, panels: i32): void {
  const fused = layer.activation == RELU;
  for (let row = 0; row < layer.rows; row += BLOCK) {
    const count = min(BLOCK, layer.rows - row);
    const last = row + count == layer.rows;
    const x = layer.x + ((<usize>row) << 5);
    let w = layer.w + ((<usize>row) << 4);
    let y = layer.y;
    let bias = layer.bias;
    for (let unit = 0; unit < layer.units; unit += 4) {
      const start = row == 0 ? bias : 0;
      forwardTiles(w, 0, x, 0, layer.xStride, y, layer.yStride, 1, count, start, i32(fused && last), panels);
      w += layer.wStride;
      y += 128;
      bias += 16;
    }
  }
  if (!fused) activatePanels(layer.activation, layer.y, layer.yStride, layer.units, panels);
}

/** dbias[unit] = Σ over samples of dy. */
export function biasGradient(layer: DenseRecord, panels: i32): void {
  for (let unit = 0; unit < layer.units; unit++) {
    let sum = zero();
    let dy = layer.dy + ((<usize>unit) << 5);
    for (let p = 0; p < panels; p++) {
      sum = f32x4.add(sum, f32x4.add(v128.load(dy), v128.load(dy, 16)));
      dy += layer.yStride;
    }
    f32.store(layer.dbias + ((<usize>unit) << 2), laneSum(sum));
  }
}

/** dw = xᵀ·dy, in panels of 4 units. */
export function weightGradient(layer: DenseRecord, panels: i32, dw: usize): void {
  const scratch = layer.scratch;
  for (let unit = 0; unit < layer.units; unit += 8) {
    for (let p = 0; p < panels; p++) {
      const dy = layer.dy + <usize>p * layer.yStride + ((<usize>unit) << 5);
      transposePanel(dy, layer.units - unit, scratch + <usize>p * 256);
    }
    const second = unit + 4 < layer.units;
    for (let row = 0; row < layer.rows; row += 4) {
      const x = layer.x + ((<usize>row) << 5);
      const first = dw + ((<usize>row) << 4);
      weightGradientTile(x, 0, layer.xStride, scratch, 1, panels, first, second ? first + layer.wStride : 0, 0);
    }
    dw += 2 * layer.wStride;
  }
}

function inputGradient(layer: DenseRecord, panels: i32): void {
  const unitPanels = (layer.units + 3) >> 2;
  for (let row = 0; row < layer.rows; row += 4) {
    const w = layer.w + ((<usize>row) << 4);
    let dx = layer.dx + ((<usize>row) << 5);
    let dy = layer.dy;
    for (let p = 0; p < panels; p++) {
      inputGradientTile(w, layer.wStride, 0, 0, dy, 0, 0, unitPanels, 1, 1, dx, layer.accumulate);
      dx += layer.xStride;
      dy += layer.yStride;
    }
  }
}

export function denseBackward(layer: DenseRecord, panels: i32): void {
  activationGradient(layer.activation, layer.y, layer.dy, layer.yStride, layer.units, panels);
  biasGradient(layer, panels);
  weightGradient(layer, panels, layer.dw);
  if (layer.dx) inputGradient(layer, panels);
}

/** A vector of one sample: 16 outputs at a time, every weight read once. */
export function denseSingle(layer: DenseRecord): void {
  const rows = <usize>layer.rows;
  const stride = layer.wStride;
  let w = layer.w;
  let y = layer.y;
  let bias = layer.bias;
  let unit = 0;
  for (; unit + 12 < layer.units; unit += 16) {
    let w0 = w;
    let w1 = w0 + stride;
    let w2 = w1 + stride;
    let w3 = w2 + stride;
    let a0 = v128.load(bias),
      b0 = v128.load(bias, 16),
      c0 = v128.load(bias, 32),
      d0 = v128.load(bias, 48);
    let a1 = zero(),
      b1 = a1,
      c1 = a1,
      d1 = a1;
    const end = layer.x + (rows << 2);
    for (let x = layer.x; x < end; x += 8) {
      let xv = v128.load32_splat(x);
      a0 = fma(xv, v128.load(w0), a0);
      b0 = fma(xv, v128.load(w1), b0);
      c0 = fma(xv, v128.load(w2), c0);
      d0 = fma(xv, v128.load(w3), d0);
      xv = v128.load32_splat(x, 4);
      a1 = fma(xv, v128.load(w0, 16), a1);
      b1 = fma(xv, v128.load(w1, 16), b1);
      c1 = fma(xv, v128.load(w2, 16), c1);
      d1 = fma(xv, v128.load(w3, 16), d1);
      w0 += 32;
      w1 += 32;
      w2 += 32;
      w3 += 32;
    }
    v128.store(y, f32x4.add(a0, a1));
    v128.store(y, f32x4.add(b0, b1), 16);
    v128.store(y, f32x4.add(c0, c1), 32);
    v128.store(y, f32x4.add(d0, d1), 48);
    w += 4 * stride;
    y += 64;
    bias += 64;
  }
  for (; unit < layer.units; unit += 4) {
    let s0 = v128.load(bias);
    let s1 = zero(),
      s2 = s1,
      s3 = s1;
    const end = layer.x + (rows << 2);
    let wk = w;
    for (let x = layer.x; x < end; x += 16) {
      s0 = fma(v128.load32_splat(x), v128.load(wk), s0);
      s1 = fma(v128.load32_splat(x, 4), v128.load(wk, 16), s1);
      s2 = fma(v128.load32_splat(x, 8), v128.load(wk, 32), s2);
      s3 = fma(v128.load32_splat(x, 12), v128.load(wk, 48), s3);
      wk += 64;
    }
    v128.store(y, f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
    w += stride;
    y += 16;
    bias += 16;
  }
}
