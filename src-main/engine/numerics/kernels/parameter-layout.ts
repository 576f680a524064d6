// A parameter in the kernels' dense layout: panels of 4 outputs, [output panel][row][4]; see assembly/records.ts.
import type { PlacedLayer } from '../../networks/shapes.ts';
import { biasName, kernelName, layerParameterShapes, sizeOf } from '../../networks/shapes.ts';
import { panelStride, roundUpTo4 } from './memory-layout.ts';
import type { Storage } from './storage.ts';

export interface ParameterLayout {
  readonly layer: string;
  /** `<layer>/kernel` or `<layer>/bias`. */
  readonly name: string;
  /** Of a kernel: what is multiplied; of a bias: 1. */
  readonly rows: number;
  /** Units or filters. */
  readonly columns: number;
  /** Bytes from one panel of 4 columns to the next. */
  readonly stride: number;
  /** Bytes in all, filling included. */
  readonly bytes: number;
}

/** Kernel and bias of a layer; null for a layer without parameters. */
export function layoutParameters(placed: PlacedLayer): { kernel: ParameterLayout; bias: ParameterLayout } | null {
  const shapes = layerParameterShapes(placed);
  if (shapes === null) return null;
  const columns = sizeOf(shapes.bias);
  const rows = sizeOf(shapes.kernel) / columns;
  const panels = roundUpTo4(columns) / 4;
  const stride = panelStride(roundUpTo4(rows) * 16);
  const { name: layer } = placed.layer;
  return {
    kernel: { layer, name: kernelName(layer), rows, columns, stride, bytes: panels * stride },
    bias: { layer, name: biasName(layer), rows: 1, columns, stride: 16, bytes: Math.ceil(panels / 2) * 32 },
  };
}

type Numbers = Float32Array | Int32Array;

/** Copies between row-major and panels; plain loops, since whole networks go through here at every exchange. */
function copy(layout: ParameterLayout, from: Numbers, to: Numbers, direction: 'pack' | 'unpack'): void {
  const { rows, columns, stride } = layout;
  for (let column = 0; column < columns; column += 4) {
    const width = Math.min(4, columns - column);
    for (let row = 0; row < rows; row++) {
      const plain = row * columns + column;
      const packed = column * (stride / 16) + row * 4;
      if (direction === 'pack') for (let i = 0; i < width; i++) to[packed + i] = from[plain + i]!;
      else for (let i = 0; i < width; i++) to[plain + i] = from[packed + i]!;
    }
  }
}

/** Every value, in panels. */
export function panelStorage(layout: ParameterLayout): Storage {
  return {
    bytes: layout.bytes,
    pack: (values, packed) => {
      copy(layout, values, packed, 'pack');
    },
    unpack: (packed, values) => {
      copy(layout, packed, values, 'unpack');
    },
  };
}

/** A mask as the optimizers want it: in panels, all bits set where a weight lives. */
export function packMask(layout: ParameterLayout, mask: Uint8Array, packed: Int32Array): void {
  const bits = new Int32Array(mask.length);
  for (let i = 0; i < mask.length; i++) bits[i] = mask[i] === 0 ? 0 : -1;
  copy(layout, bits, packed, 'pack');
}
