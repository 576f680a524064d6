// Gradients of a convolution: of the kernel as a reduction over samples and positions, of the input as a gather.
import { activationGradient } from './activations';
import { inputGradientRow, inputGradientTile } from './input-gradient-tile';
import { ConvolutionRecord } from './records';
import { laneSum, zero } from './simd';
import { transposePanel, weightGradientRow, weightGradientTile } from './weight-gradient-tile';

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

/** dw += the share of `lines` output rows of one panel of samples. */
function weightGradientBlock(
  layer: ConvolutionRecord,
  x: usize,
  width: i32,
  dy: usize,
  lines: i32,
  accumulate: i32,
): void {
  const channels = layer.channels;
  const filters = layer.filters;
  const positions = lines * layer.outWidth;
  const panelBytes = (<usize>positions) << 8;
  for (let i = 0; i < positions; i++) {
    const from = dy + ((<usize>(i * filters)) << 5);
    for (let f = 0; f < filters; f += 8) {
      const to = layer.scratch + <usize>(f >> 3) * panelBytes + ((<usize>i) << 8);
      transposePanel(from + ((<usize>f) << 5), filters - f, to);
    }
  }
  const rows = layer.kernelWidth * channels;
  const tiled = rows & ~3;
  const lineBytes = (<usize>(layer.strideY * width * channels)) << 5;
  const segmentBytes = (<usize>(layer.strideX * channels)) << 5;
  for (let f = 0; f < filters; f += 8) {
    const t = layer.scratch + <usize>(f >> 3) * panelBytes;
    let first = layer.dw + <usize>(f >> 2) * layer.wStride;
    let second = f + 4 < filters ? first + layer.wStride : 0;
    for (let ky = 0; ky < layer.kernelHeight; ky++) {
      let xRow = x + ((<usize>(ky * width * channels)) << 5);
      for (let row = 0; row < tiled; row += 4) {
        weightGradientTile(xRow, lineBytes, segmentBytes, t, lines, layer.outWidth, first, second, accumulate);
        xRow += 128;
        first += 64;
        if (second) second += 64;
      }
      for (let row = tiled; row < rows; row++) {
        if (!accumulate) {
          v128.store(first, zero());
          if (second) v128.store(second, zero());
        }
        weightGradientRow(xRow, lineBytes, segmentBytes, t, lines, layer.outWidth, first, second);
        xRow += 32;
        first += 16;
        if (second) second += 16;
      }
    }
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

/** dx at every cell = Σ over the windows that cover it, over filters: w ⊗ dy. */
function inputGradient(layer: ConvolutionRecord, panels: i32): void {
  const channels = layer.channels;
  const tiled = channels & ~3;
  const filterPanels = (layer.filters + 3) >> 2;
  const dyColumn = (<usize>layer.filters) << 5;
  const dyLine = <usize>layer.outWidth * dyColumn;
  // One window further, the cell is one stride nearer to the window's corner.
  const wColumn = -((<isize>(layer.strideX * channels)) << 4);
  const wLine = -((<isize>(layer.strideY * layer.kernelWidth * channels)) << 4);
  for (let p = 0; p < panels; p++) {
    let dx = layer.dx + <usize>p * layer.xStride;
    for (let iy = 0; iy < layer.height; iy++) {
      const top = iy + layer.padTop;
      const oy = firstWindow(top, layer.kernelHeight, layer.strideY);
      const lines = min(layer.outHeight - 1, top / layer.strideY) - oy + 1;
      const ky = top - oy * layer.strideY;
      for (let ix = 0; ix < layer.width; ix++) {
        const left = ix + layer.padLeft;
        const ox = firstWindow(left, layer.kernelWidth, layer.strideX);
        const columns = min(layer.outWidth - 1, left / layer.strideX) - ox + 1;
        const kx = left - ox * layer.strideX;
        const dy = layer.dy + <usize>p * layer.yStride + <usize>oy * dyLine + <usize>ox * dyColumn;
        let w = layer.w + ((<usize>((ky * layer.kernelWidth + kx) * channels)) << 4);
        for (let c = 0; c < tiled; c += 4) {
          inputGradientTile(
            w,
            layer.wStride,
            wLine,
            wColumn,
            dy,
            dyLine,
            dyColumn,
            filterPanels,
            lines,
            columns,
            dx,
            layer.accumulate,
          );
          w += 64;
          dx += 128;
        }
        for (let c = tiled; c < channels; c++) {
          inputGradientRow(
            w,
            layer.wStride,
            wLine,
            wColumn,
            dy,
            dyLine,
            dyColumn,
            filterPanels,
            lines,
            columns,
            dx,
            layer.accumulate,
          );
          w += 16;
          dx += 32;
        }
      }
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
