// Convolution of a batch, directly: with 8 samples innermost, every product is a small dense one and nothing is copied
// (Anderson & Gregg 2018 call the family direct-sum). A zero border, where padding asks for it, is written out first.
import { activatePanels, RELU } from './activations';
import { forwardTiles } from './forward-tile';
import { clearFilling } from './panels';
import { ConvolutionRecord } from './records';

/** x with its zero border. */
function copyIntoBorder(layer: ConvolutionRecord, panels: i32): void {
  const rowBytes = (<usize>(layer.width * layer.channels)) << 5;
  const paddedRowBytes = (<usize>(layer.paddedWidth * layer.channels)) << 5;
  for (let p = 0; p < panels; p++) {
    let from = layer.x + <usize>p * layer.xStride;
    let to = layer.padded + <usize>p * layer.paddedStride;
    memory.fill(to, 0, <usize>layer.paddedHeight * paddedRowBytes);
    to += <usize>layer.padTop * paddedRowBytes + ((<usize>(layer.padLeft * layer.channels)) << 5);
    for (let row = 0; row < layer.height; row++) {
      memory.copy(to, from, rowBytes);
      from += rowBytes;
      to += paddedRowBytes;
    }
  }
}

export function convolutionForward(layer: ConvolutionRecord, panels: i32): void {
  if (layer.padded) copyIntoBorder(layer, panels);
  const source = layer.padded ? layer.padded : layer.x;
  const stride = layer.padded ? layer.paddedStride : layer.xStride;
  const width = layer.padded ? layer.paddedWidth : layer.width;
  const channels = layer.channels;
  const count = layer.kernelWidth * channels;
  const xSegment = (<usize>(width * channels)) << 5;
  const fused = layer.activation == RELU;
  for (let p = 0; p < panels; p++) {
    let y = layer.y + <usize>p * layer.yStride;
    const panel = source + <usize>p * stride;
    for (let oy = 0; oy < layer.outHeight; oy++) {
      for (let ox = 0; ox < layer.outWidth; ox++) {
        const corner = (oy * layer.strideY * width + ox * layer.strideX) * channels;
        const x = panel + ((<usize>corner) << 5);
        let w = layer.w;
        let bias = layer.bias;
        // The last tile may write filling rows over the next position's first ones; that position comes after.
        for (let f: usize = 0; f < <usize>layer.filters; f += 4) {
          const to = y + (f << 5);
          forwardTiles(w, (<usize>count) << 4, x, xSegment, 0, to, 0, layer.kernelHeight, count, bias, i32(fused), 1);
          w += layer.wStride;
          bias += 16;
        }
        y += (<usize>layer.filters) << 5;
      }
    }
  }
  const rows = layer.outHeight * layer.outWidth * layer.filters;
  clearFilling(layer.y, layer.yStride, rows, panels);
  if (!fused) activatePanels(layer.activation, layer.y, layer.yStride, rows, panels);
}
