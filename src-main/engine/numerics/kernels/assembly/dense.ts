// Dense layers of a batch: y = activation(x·w + bias) and the gradients of w, bias and x.
import { activatePanels, activationGradient, RELU } from './activations';
import { BLOCK, endOf, entriesOf, LIST_BYTES, listRows } from './lists';
import { panelsOfTile, product, ZEROS } from './product-tile';
import { DenseRecord } from './records';
import { fma, laneSum, zero } from './simd';
import { outputsOfTile, storeSums, SUMS, transposeRows, weightGradientTile } from './weight-gradient-tile';

export function denseForward(layer: DenseRecord, panels: i32): void {
  const fused = layer.activation == RELU;
  for (let row = 0; row < layer.rows; row += BLOCK) {
    const count = min(BLOCK, layer.rows - row);
    const onto = i32(row > 0);
    const relu = i32(fused && row + count == layer.rows);
    const first = layer.x + ((<usize>row) << 5);
    listRows(layer.lists, first, layer.xStride, panels, count, 64, 16);
    let w = layer.w + ((<usize>row) << 4);
    for (let unit = 0; unit < layer.units; unit += 4) {
      const start = row == 0 ? layer.bias + ((<usize>unit) << 2) : ZEROS;
      let list = layer.lists;
      let x = first;
      let y = layer.y + ((<usize>unit) << 5);
      for (let p = 0; p < panels;) {
        const together = panelsOfTile(panels - p);
        product<f32>(entriesOf(list), endOf(list), w, x, layer.xStride, y, layer.yStride, together, start, onto, relu);
        list += LIST_BYTES;
        x += <usize>together * layer.xStride;
        y += <usize>together * layer.yStride;
        p += together;
      }
      w += layer.wStride;
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

/** Whether the gradient of a unit is anything but zero in the batch. */
function learns(layer: DenseRecord, unit: i32, panels: i32): bool {
  let bits = zero();
  let dy = layer.dy + ((<usize>unit) << 5);
  for (let p = 0; p < panels; p++) {
    bits = v128.or(bits, v128.or(v128.load(dy), v128.load(dy, 16)));
    dy += layer.yStride;
  }
  return v128.any_true(i32x4.shl(bits, 1));
}

/**
 * Lists the rows of dy that a weight gradient is to be computed of: those of the units that learn, or all of them where
 * most do, which are then stored faster. Filled up to a multiple of 4 with rows that do not.
 * @param list of offsets in bytes
 * @returns their number
 */
function listUnits(layer: DenseRecord, panels: i32, list: usize): i32 {
  const units = (layer.units + 3) & ~3;
  let count = 0;
  let idle: usize = 0;
  for (let unit = 0; unit < units; unit++) {
    store<usize>(list + ((<usize>count) << 2), (<usize>unit) << 5);
    if (learns(layer, unit, panels)) count++;
    else idle = (<usize>unit) << 5;
  }
  while (count & 3) {
    store<usize>(list + ((<usize>count) << 2), idle);
    count++;
  }
  if (2 * count <= units) return count;
  for (let unit = 0; unit < units; unit++) store<usize>(list + ((<usize>unit) << 2), (<usize>unit) << 5);
  return units;
}

/** Four columns of SUMS → the columns of dw that they belong to. */
function scatterSums(layer: DenseRecord, output: i32, outputs: i32, list: usize, dw: usize, row: i32): void {
  for (let i: usize = 0; i < 4; i++) {
    const unit = load<usize>(list + (i << 2)) >> 5;
    const to = dw + (unit >> 2) * layer.wStride + ((unit & 3) << 2) + ((<usize>row) << 4);
    const from = SUMS + ((<usize>output + i) << 2);
    const step = (<usize>outputs) << 2;
    f32.store(to, f32.load(from));
    f32.store(to, f32.load(from + step), 16);
    f32.store(to, f32.load(from + 2 * step), 32);
    f32.store(to, f32.load(from + 3 * step), 48);
  }
}

/** dw = xᵀ·dy, in panels of 4 units. */
export function weightGradient(layer: DenseRecord, panels: i32, dw: usize): void {
  const scratch = layer.scratch;
  const units = (layer.units + 3) & ~3;
  const count = listUnits(layer, panels, layer.lists);
  const whole = count == units;
  if (!whole) memory.fill(dw, 0, <usize>(units >> 2) * layer.wStride);
  for (let at = 0; at < count;) {
    const outputs = outputsOfTile(count - at);
    const step = (<usize>outputs) << 2;
    const end = min(count, at + outputs);
    for (let i = at; i < end; i += 4) {
      const list = layer.lists + ((<usize>i) << 2);
      let dy = layer.dy;
      let to = scratch + ((<usize>(i - at)) << 2);
      for (let p = 0; p < panels; p++) {
        const a = dy + load<usize>(list);
        const b = dy + load<usize>(list, 4);
        transposeRows(a, b, dy + load<usize>(list, 8), dy + load<usize>(list, 12), to, step);
        dy += layer.yStride;
        to += step << 3;
      }
    }
    for (let row = 0; row < layer.rows; row += 4) {
      weightGradientTile(layer.x + ((<usize>row) << 5), 0, layer.xStride, scratch, 1, panels, outputs);
      for (let i = at; i < end; i += 4) {
        if (whole) storeSums(i - at, outputs, dw + <usize>(i >> 2) * layer.wStride + ((<usize>row) << 4), 4, 0);
        else scatterSums(layer, i - at, outputs, layer.lists + ((<usize>i) << 2), dw, row);
      }
    }
    at = end;
  }
}

function inputGradient(layer: DenseRecord, panels: i32): void {
  for (let unit = 0; unit < layer.units; unit += BLOCK) {
    const count = min(BLOCK, layer.units - unit);
    const onto = i32(unit > 0) | layer.accumulate;
    const first = layer.dy + ((<usize>unit) << 5);
    listRows(layer.lists, first, layer.yStride, panels, count, layer.wStride, 4);
    let w = layer.w + <usize>(unit >> 2) * layer.wStride;
    for (let row = 0; row < layer.rows; row += 4) {
      let list = layer.lists;
      let dx = layer.dx + ((<usize>row) << 5);
      let dy = first;
      for (let p = 0; p < panels;) {
        const together = panelsOfTile(panels - p);
        product<v128>(entriesOf(list), endOf(list), w, dy, layer.yStride, dx, layer.xStride, together, ZEROS, onto, 0);
        list += LIST_BYTES;
        dx += <usize>together * layer.xStride;
        dy += <usize>together * layer.yStride;
        p += together;
      }
      w += 64;
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
