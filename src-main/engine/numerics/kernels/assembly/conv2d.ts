// Convolution of a batch, directly: with 8 samples innermost, every product is a small dense one and nothing is copied
// (Anderson & Gregg 2018 call the family direct-sum). A zero border, where padding asks for it, is written out first.
import { activatePanels, RELU } from './activations';
import { clearFilling } from './panels';
import { enter, panelsOfTile, product } from './product-tile';
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

/** Lists every row of a window. @returns where the list ends */
function listWindow(layer: ConvolutionRecord, width: i32): usize {
  const segment = layer.kernelWidth * layer.channels;
  let end = layer.lists;
  let w: usize = 0;
  for (let ky = 0; ky < layer.kernelHeight; ky++) {
    let x = (<usize>(ky * width * layer.channels)) << 5;
    for (let i = 0; i < segment; i++) {
      end = enter(end, x, w);
      x += 32;
      w += 16;
    }
  }
  return end;
}

export function convolutionForward(layer: ConvolutionRecord, panels: i32): void {
  if (layer.padded) copyIntoBorder(layer, panels);
  const source = layer.padded ? layer.padded : layer.x;
  const xStride = layer.padded ? layer.paddedStride : layer.xStride;
  const width = layer.padded ? layer.paddedWidth : layer.width;
  const list = layer.lists;
  const end = listWindow(layer, width);
  const fused = layer.activation == RELU;
  for (let p = 0; p < panels;) {
    const together = panelsOfTile(panels - p);
    let y = layer.y + <usize>p * layer.yStride;
    const panel = source + <usize>p * xStride;
    for (let oy = 0; oy < layer.outHeight; oy++) {
      for (let ox = 0; ox < layer.outWidth; ox++) {
        const corner = (oy * layer.strideY * width + ox * layer.strideX) * layer.channels;
        const x = panel + ((<usize>corner) << 5);
        let w = layer.w;
        let bias = layer.bias;
        // The last tile may write filling rows over the next position's first ones; that position comes after.
        for (let f: usize = 0; f < <usize>layer.filters; f += 4) {
          product<f32>(list, end, w, x, xStride, y + (f << 5), layer.yStride, together, bias, 0, i32(fused));
          w += layer.wStride;
          bias += 16;
        }
        y += (<usize>layer.filters) << 5;
      }
    }
    p += together;
  }
  const rows = layer.outHeight * layer.outWidth * layer.filters;
  clearFilling(layer.y, layer.yStride, rows, panels);
  if (!fused) activatePanels(layer.activation, layer.y, layer.yStride, rows, panels);
}
