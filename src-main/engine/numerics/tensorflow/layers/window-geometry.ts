// Where the windows of a convolution or a pool lie over an image, and images widened or cut to fit them.
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Conv2dLayer, MaxPoolLayer } from '../../../../contract/network.ts';
import type { PlacedLayer } from '../../../networks/shapes.ts';
import type { Tensorflow } from '../session.ts';

/** Entries to add before and after along one axis; negative where that many are to be cut off. */
export type Margin = readonly [before: number, after: number];

export interface Margins {
  readonly rows: Margin;
  readonly columns: Margin;
}

const mapMargins = ({ rows, columns }: Margins, change: (amount: number) => number): Margins => ({
  rows: [change(rows[0]), change(rows[1])],
  columns: [change(columns[0]), change(columns[1])],
});

const windowOf = (layer: Conv2dLayer | MaxPoolLayer): readonly [number, number] =>
  layer.kind === 'conv2d' ? layer.kernelSize : layer.poolSize;

/**
 * What fits the input to the windows: `same` padding (the smaller half first, as in TensorFlow), and without the last
 * rows and columns where no window reaches them.
 */
export function windowMargins(
  layer: Conv2dLayer | MaxPoolLayer,
  { inputShape, outputShape }: Pick<PlacedLayer, 'inputShape' | 'outputShape'>,
): Margins {
  const margin = (axis: 0 | 1): Margin => {
    const missing = (outputShape[axis]! - 1) * layer.strides[axis] + windowOf(layer)[axis] - inputShape[axis]!;
    const before = layer.padding === 'same' ? Math.floor(Math.max(missing, 0) / 2) : 0;
    return [before, missing - before];
  };
  return { rows: margin(0), columns: margin(1) };
}

/** Margins that only cut off. */
export const croppingOf = (margins: Margins): Margins => mapMargins(margins, (amount) => Math.min(amount, 0));

/** Margins that lead back; what was cut off comes back as `fill`. */
export const oppositeOf = (margins: Margins): Margins => mapMargins(margins, (amount) => -amount);

/** @param image [batch, height, width, channels] */
export function applyMargins(tf: Tensorflow, image: Tensor, margins: Margins, fill = 0): Tensor4D {
  const [batch, height, width, channels] = (image as Tensor4D).shape;
  const cut = mapMargins(margins, (amount) => Math.max(-amount, 0));
  const add = mapMargins(margins, (amount) => Math.max(amount, 0));
  const isNothing = ({ rows, columns }: Margins): boolean => [...rows, ...columns].every((amount) => amount === 0);
  const cropped = isNothing(cut)
    ? (image as Tensor4D)
    : tf.slice(
        image as Tensor4D,
        [0, cut.rows[0], cut.columns[0], 0],
        [batch, height - cut.rows[0] - cut.rows[1], width - cut.columns[0] - cut.columns[1], channels],
      );
  return isNothing(add) ? cropped : tf.pad(cropped, [[0, 0], [...add.rows], [...add.columns], [0, 0]], fill);
}

/** Puts stride − 1 rows and columns of zeros after each. */
export function spread(tf: Tensorflow, image: Tensor, [down, right]: readonly [number, number]): Tensor4D {
  const [batch, rows, columns, channels] = (image as Tensor4D).shape;
  if (down === 1 && right === 1) return image as Tensor4D;
  const cells = tf.reshape(image, [batch, rows, 1, columns, 1, channels]);
  const padded = tf.pad(cells, [
    [0, 0],
    [0, 0],
    [0, down - 1],
    [0, 0],
    [0, right - 1],
    [0, 0],
  ]);
  return tf.reshape(padded, [batch, rows * down, columns * right, channels]);
}
