// Gradients of a convolution: of the kernel as a reduction over samples and positions, of the input as a gather.
import { activationGradient } from './activations';
import { enter, panelsOfTile, product, ZEROS } from './product-tile';
import { ConvolutionRecord } from './records';
import { laneSum, zero } from './simd';
import { outputsOfTile, storeSums, transposeRows, weightGradientTile } from './weight-gradient-tile';

/** Where a tile goes of which not all 4 rows exist: [panel][4 rows][8]. */
const TILE: usize = memory.data(256, 64);
/** A row of zeros. */
const NOTHING: usize = memory.data(32, 16);

/** dbias[filter] = Σ over samples and positions of dy. */
function biasGradient(layer: ConvolutionRecord, panels: i32): void {
  const positions = layer.outHeight * layer.outWidth;
  const positionBytes = (<usize>layer.filters) << 5;
  for (let f = 0; f < layer.filters; f++) {
    let low = zero();
    let high = zero();
    for (let p = 0; p < panels; p++) {
      let dy = layer.dy + <usize>p * layer.yStride + ((<usize>f) << 5);
      for (let i = 0; i < positions; i++) {
        low = f32x4.add(low, v128.load(dy));
        high = f32x4.add(high, v128.load(dy, 16));
        dy += positionBytes;
      }
    }
    f32.store(layer.dbias + ((<usize>f) << 2), laneSum(f32x4.add(low, high)));
  }
}

/** Output rows reduced in one pass: enough samples to pay for loading and storing the tile. */
function linesPerBlock(layer: ConvolutionRecord): i32 {
  return max(1, 32 / layer.outWidth);
}

/** dy of some positions and filters → [position][sample][outputs], zeros where there are fewer filters. */
function transposeFilters(layer: ConvolutionRecord, dy: usize, positions: i32, filters: i32, outputs: i32): void {
  const step = (<usize>outputs) << 2;
  let to = layer.scratch;
  for (let i = 0; i < positions; i++) {
    for (let f = 0; f < outputs; f += 4) {
      const a = f < filters ? dy + ((<usize>f) << 5) : NOTHING;
      const b = f + 1 < filters ? a + 32 : NOTHING;
      const c = f + 2 < filters ? a + 64 : NOTHING;
      const d = f + 3 < filters ? a + 96 : NOTHING;
      transposeRows(a, b, c, d, to + ((<usize>f) << 2), step);
    }
    dy += (<usize>layer.filters) << 5;
    to += step << 3;
  }
}

/** dw += the share of `lines` output rows of one panel of samples. */
function weightGradientBlock(
  layer: ConvolutionRecord,
  x: usize,
  width: i32,
  dy: usize,
  lines: i32,
  accumulate: i32,
): void {
  const filters = layer.filters;
  const positions = lines * layer.outWidth;
  const rows = layer.kernelWidth * layer.channels;
  const xLine = (<usize>(layer.strideY * width * layer.channels)) << 5;
  const xSegment = (<usize>(layer.strideX * layer.channels)) << 5;
  for (let f = 0; f < filters;) {
    const outputs = outputsOfTile(filters - f);
    transposeFilters(layer, dy + ((<usize>f) << 5), positions, min(outputs, filters - f), outputs);
    const end = min(filters, f + outputs);
    for (let ky = 0; ky < layer.kernelHeight; ky++) {
      const xRow = x + ((<usize>(ky * width * layer.channels)) << 5);
      for (let row = 0; row < rows; row += 4) {
        // Rows behind the last are those of the next cell; their sums are not stored.
        weightGradientTile(xRow + ((<usize>row) << 5), xLine, xSegment, layer.scratch, lines, layer.outWidth, outputs);
        let dw = layer.dw + <usize>(f >> 2) * layer.wStride + ((<usize>(ky * rows + row)) << 4);
        for (let i = f; i < end; i += 4) {
          storeSums(i - f, outputs, dw, min(4, rows - row), accumulate);
          dw += layer.wStride;
        }
      }
    }
    f = end;
  }
}

function weightGradient(layer: ConvolutionRecord, panels: i32): void {
  const source = layer.padded ? layer.padded : layer.x;
  const stride = layer.padded ? layer.paddedStride : layer.xStride;
  const width = layer.padded ? layer.paddedWidth : layer.width;
  const block = linesPerBlock(layer);
  const xLine = (<usize>(layer.strideY * width * layer.channels)) << 5;
  const yLine = (<usize>(layer.outWidth * layer.filters)) << 5;
  for (let p = 0; p < panels; p++) {
    const x = source + <usize>p * stride;
    const dy = layer.dy + <usize>p * layer.yStride;
    for (let line = 0; line < layer.outHeight; line += block) {
      const lines = min(block, layer.outHeight - line);
      const accumulate = i32(p > 0 || line > 0);
      weightGradientBlock(layer, x + <usize>line * xLine, width, dy + <usize>line * yLine, lines, accumulate);
    }
  }
}

/** First output whose window of `kernel` covers the (padded) coordinate `at`. */
function firstWindow(at: i32, kernel: i32, stride: i32): i32 {
  return max(0, (at - kernel + stride) / stride);
}

/** Lists every output that saw a cell, with its weights. @returns where the list ends */
function listWindows(layer: ConvolutionRecord, iy: i32, ix: i32): usize {
  const top = iy + layer.padTop;
  const left = ix + layer.padLeft;
  const firstY = firstWindow(top, layer.kernelHeight, layer.strideY);
  const firstX = firstWindow(left, layer.kernelWidth, layer.strideX);
  const lastY = min(layer.outHeight - 1, top / layer.strideY);
  const lastX = min(layer.outWidth - 1, left / layer.strideX);
  let end = layer.lists;
  for (let oy = firstY; oy <= lastY; oy++) {
    for (let ox = firstX; ox <= lastX; ox++) {
      const ky = top - oy * layer.strideY;
      const kx = left - ox * layer.strideX;
      let dy = (<usize>((oy * layer.outWidth + ox) * layer.filters)) << 5;
      let w = (<usize>((ky * layer.kernelWidth + kx) * layer.channels)) << 4;
      for (let f = 0; f < layer.filters; f++) {
        end = enter(end, dy, w + ((<usize>(f & 3)) << 2));
        dy += 32;
        if ((f & 3) == 3) w += layer.wStride;
      }
    }
  }
  return end;
}

/** The `rows` first rows of a tile → (or added to) dx. */
function storeTile(dx: usize, xStride: usize, rows: i32, panels: i32, accumulate: i32): void {
  const bytes = (<usize>rows) << 5;
  for (let p = 0; p < panels; p++) {
    const from = TILE + <usize>p * 128;
    for (let at: usize = 0; at < bytes; at += 16) {
      const value = v128.load(from + at);
      v128.store(dx + at, accumulate ? f32x4.add(v128.load(dx + at), value) : value);
    }
    dx += xStride;
  }
}

/** dx at every cell = Σ over the windows that cover it, over filters: w ⊗ dy. */
function inputGradient(layer: ConvolutionRecord, panels: i32): void {
  const channels = layer.channels;
  const list = layer.lists;
  let cell: usize = layer.dx;
  for (let iy = 0; iy < layer.height; iy++) {
    for (let ix = 0; ix < layer.width; ix++) {
      const end = listWindows(layer, iy, ix);
      for (let p = 0; p < panels;) {
        const together = panelsOfTile(panels - p);
        const dy = layer.dy + <usize>p * layer.yStride;
        let dx = cell + <usize>p * layer.xStride;
        let w = layer.w;
        for (let c = 0; c < channels; c += 4) {
          if (c + 4 <= channels) {
            product<v128>(list, end, w, dy, layer.yStride, dx, layer.xStride, together, ZEROS, layer.accumulate, 0);
          } else {
            product<v128>(list, end, w, dy, layer.yStride, TILE, 128, together, ZEROS, 0, 0);
            storeTile(dx, layer.xStride, channels - c, together, layer.accumulate);
          }
          w += 64;
          dx += 128;
        }
        p += together;
      }
      cell += (<usize>channels) << 5;
    }
  }
}

export function convolutionBackward(layer: ConvolutionRecord, panels: i32): void {
  const rows = layer.outHeight * layer.outWidth * layer.filters;
  activationGradient(layer.activation, layer.y, layer.dy, layer.yStride, rows, panels);
  biasGradient(layer, panels);
  weightGradient(layer, panels);
  if (layer.dx) inputGradient(layer, panels);
}
