// Records of a program: one per layer, filled in by the host (../program.ts keeps the same field order, one 32-bit
// word per field). Pointers are byte addresses, strides are bytes from one panel to the next.
//
// Layouts, chosen so that every inner loop reads contiguous memory and nothing is repacked in a step:
// - values and deltas of a batch: panels of 8 samples, [panel][feature][8]; an image's feature is (row, column, channel);
// - kernels: panels of 4 outputs, [output panel][input row][4]; an input row of a convolution is (kernel row, column, channel);
// - a single sample (`forwardSingle`): a plain vector.
// Rows and outputs that only fill up a panel are zero everywhere and stay zero.

export const RECORD_BYTES: usize = 256;

export const INPUT: i32 = 1;
export const DENSE: i32 = 2;
export const CONVOLUTION: i32 = 3;
export const MAX_POOL: i32 = 4;
export const OUTPUT: i32 = 5;
export const DUELING: i32 = 6;
/** A dense layer that computes with its nonzero weights only; its record is a DenseRecord. */
export const SPARSE: i32 = 7;

/** Row-major observations → scaled, normalised panels. */
@unmanaged
export class InputRecord {
  kind: i32;
  source: usize;
  y: usize;
  yStride: usize;
  size: i32;
  scale: f32;
  /** 0: no normaliser; else `size` means, and `inverse` as many 1/standard deviations. */
  mean: usize;
  inverse: usize;
  clip: f32;
}

@unmanaged
export class DenseRecord {
  kind: i32;
  x: usize;
  xStride: usize;
  /** Rows of x, padded to a multiple of 4. */
  rows: i32;
  w: usize;
  wStride: usize;
  bias: usize;
  y: usize;
  yStride: usize;
  units: i32;
  activation: i32;
  dw: usize;
  dbias: usize;
  dy: usize;
  /** 0: the gradient of x is not needed. */
  dx: usize;
  /** 1: dx already holds what other heads gave. */
  accumulate: i32;
  /** Room for the transposed dy of a tile's units: [sample][8 or 16]. */
  scratch: usize;
  /** Room for lists, see lists.ts. */
  lists: usize;
  /**
   * The rest is for a sparse layer, whose w and dw hold only its weights, unit by unit, each unit's filled up with zero
   * weights to a multiple of 4. Where a unit's weights start and where its real ones end: bytes into w.
   */
  starts: usize;
  ends: usize;
  /** Of every weight: its row in a panel of x, in bytes. */
  offsets: usize;
  /** The same weights row by row, for the gradient of x: where a row starts, the units in a panel of dy. */
  rowStarts: usize;
  rowOffsets: usize;
  /** Of every weight row by row: where it is in w, in bytes; and a place for its value. */
  order: usize;
  rowValues: usize;
}

@unmanaged
export class ConvolutionRecord {
  kind: i32;
  x: usize;
  xStride: usize;
  height: i32;
  width: i32;
  channels: i32;
  kernelHeight: i32;
  kernelWidth: i32;
  strideY: i32;
  strideX: i32;
  outHeight: i32;
  outWidth: i32;
  filters: i32;
  w: usize;
  wStride: usize;
  bias: usize;
  y: usize;
  yStride: usize;
  activation: i32;
  dw: usize;
  dbias: usize;
  dy: usize;
  dx: usize;
  accumulate: i32;
  /** Room for some rows of transposed dy: [filter tile][position][sample][8 or 16]. */
  scratch: usize;
  /** Room for a list, see product-tile.ts. */
  lists: usize;
  padTop: i32;
  padLeft: i32;
  /** x with its zero border; 0: padding is `valid` and x is used as it is. */
  padded: usize;
  paddedStride: usize;
  paddedHeight: i32;
  paddedWidth: i32;
}

@unmanaged
export class MaxPoolRecord {
  kind: i32;
  x: usize;
  xStride: usize;
  height: i32;
  width: i32;
  channels: i32;
  poolHeight: i32;
  poolWidth: i32;
  strideY: i32;
  strideX: i32;
  outHeight: i32;
  outWidth: i32;
  y: usize;
  yStride: usize;
  padTop: i32;
  padLeft: i32;
  /** Where each output came from, as an offset in bytes into its panel of x; 0 when inferring. */
  argmax: usize;
  dy: usize;
  dx: usize;
  accumulate: i32;
}

/** A head's panels → its columns of the row-major output. */
@unmanaged
export class OutputRecord {
  kind: i32;
  y: usize;
  yStride: usize;
  size: i32;
  output: usize;
  outputSize: i32;
  offset: i32;
  outputGradient: usize;
  dy: usize;
  accumulate: i32;
}

/** V + A − mean(A). */
@unmanaged
export class DuelingRecord {
  kind: i32;
  value: usize;
  valueStride: usize;
  advantage: usize;
  advantageStride: usize;
  output: usize;
  actions: i32;
  outputGradient: usize;
  dvalue: usize;
  dadvantage: usize;
}

/** One parameter in an optimizer step. */
@unmanaged
export class ParameterRecord {
  w: usize;
  gradient: usize;
  /** Optimizer slots: running mean (or momentum), running mean of squares. */
  m: usize;
  v: usize;
  /** Bytes, a multiple of 32. */
  bytes: usize;
  /** 0: dense; else as many bytes: all bits set where the weight lives. */
  mask: usize;
}
