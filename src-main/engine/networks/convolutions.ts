// What images go through before dense layers: the layers that settings ask for, and two choices that are published.
import type { Convolutions } from '../../contract/convolution.ts';
import type { Activation, Layer } from '../../contract/network.ts';
import { SecateurError } from '../../contract/secateur-error.ts';

/** Convolutions over something else than images. */
export class ConvolutionInputError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(shape: readonly number[]) {
    super(
      `convolutions need observations [height, width, channels], these are [${shape.join(', ')}]`,
      'Leave out the setting "convolutions", or choose an environment that observes images, such as those of MinAtar.',
    );
  }
}

/**
 * `conv_1`, `conv_2`, … with the activation of the hidden layers, and `flatten` for an observation of higher rank.
 * @throws ConvolutionInputError
 */
export function imageLayers(
  {
    convolutions = [],
    activation,
  }: { readonly convolutions?: Convolutions | undefined; readonly activation: Activation },
  shape: readonly number[],
): Layer[] {
  if (convolutions.length > 0 && shape.length !== 3) throw new ConvolutionInputError(shape);
  const layers = convolutions.map(({ filters, kernelSize, stride }, i): Layer => ({
    kind: 'conv2d',
    name: `conv_${i + 1}`,
    filters,
    kernelSize: [kernelSize, kernelSize],
    strides: [stride, stride],
    padding: 'valid',
    activation,
  }));
  return shape.length > 1 ? [...layers, { kind: 'flatten', name: 'flatten' }] : layers;
}

/** Mnih et al. 2015, figure 1: what 84×84 pixels are seen with; smaller pictures do not fit through. */
const NATURE_CNN = {
  convolutions: [
    { filters: 32, kernelSize: 8, stride: 4 },
    { filters: 64, kernelSize: 4, stride: 2 },
    { filters: 64, kernelSize: 3, stride: 1 },
  ],
  hiddenUnits: [512],
} as const;
const NATURE_CNN_LEAST_SIDE = 36;

/** Of MinAtar's grids (Young & Tian 2019, section 3). */
export const GRID_CNN = { convolutions: [{ filters: 16, kernelSize: 3, stride: 1 }], hiddenUnits: [128] } as const;

/** @param shape [height, width, channels] */
export const networkForImages = (shape: readonly number[]): typeof NATURE_CNN | typeof GRID_CNN =>
  Math.min(shape[0]!, shape[1]!) >= NATURE_CNN_LEAST_SIDE ? NATURE_CNN : GRID_CNN;
