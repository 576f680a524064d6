// Random small networks of every shape that a specification allows, with parameters and a batch to feed them.
import fc from 'fast-check';
import type {
  Activation,
  DenseLayer,
  Head,
  Layer,
  MaxPoolLayer,
  NetworkSpecification,
  Normalizer,
} from '../../../src-main/contract/network.ts';
import type { Parameters } from '../../../src-main/engine/networks/parameters.ts';
import { parameterShapes, placeNetwork, sizeOf, windowOutput } from '../../../src-main/engine/networks/shapes.ts';
import { Random } from '../../../src-main/engine/random/random.ts';

export interface NetworkCase {
  readonly network: NetworkSpecification;
  readonly parameters: Parameters;
  readonly batchSize: number;
  /** [batchSize, inputSize] */
  readonly inputs: Float32Array;
  /** [batchSize, outputSize] */
  readonly outputGradient: Float32Array;
}

type Pair = readonly [number, number];

type DenseDraw = Pick<DenseLayer, 'units' | 'activation'>;
interface WindowDraw extends Pick<MaxPoolLayer, 'strides' | 'padding'> {
  readonly kind: 'conv2d' | 'max-pool';
  readonly filters: number;
  readonly window: Pair;
  readonly activation: Activation;
}
type HeadsDraw =
  | { readonly combine: 'dueling'; readonly hidden: readonly DenseDraw[]; readonly actions: DenseDraw }
  | { readonly combine: 'concatenate'; readonly heads: readonly (readonly DenseDraw[])[] };

/** The largest of what is drawn. */
interface Sizes {
  readonly units: number;
  readonly filters: number;
  readonly channels: number;
  readonly batch: number;
}

const activation = fc.constantFrom<Activation>('linear', 'relu', 'tanh', 'sigmoid', 'elu');
const pair: fc.Arbitrary<Pair> = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }));
const denseDraw = ({ units }: Sizes): fc.Arbitrary<DenseDraw> =>
  fc.record({ units: fc.integer({ min: 1, max: units }), activation });
const windowDraw = ({ filters }: Sizes): fc.Arbitrary<WindowDraw> =>
  fc.record({
    kind: fc.constantFrom('conv2d', 'max-pool'),
    filters: fc.integer({ min: 1, max: filters }),
    window: pair,
    strides: pair,
    padding: fc.constantFrom('valid', 'same'),
    activation,
  });
const headsDraw = (dense: fc.Arbitrary<DenseDraw>): fc.Arbitrary<HeadsDraw> =>
  fc.oneof(
    fc.record({
      combine: fc.constant('dueling'),
      hidden: fc.array(dense, { maxLength: 1 }),
      actions: dense,
    }),
    fc.record({
      combine: fc.constant('concatenate'),
      heads: fc.array(fc.array(dense, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }),
    }),
  );

const denseLayers = (prefix: string, draws: readonly DenseDraw[]): Layer[] =>
  draws.map((draw, i) => ({ kind: 'dense', name: `${prefix}dense_${i}`, ...draw }));

/** Convolutions and pools one after the other, each window cut down to what is left of the image, then a flatten. */
function imageLayers(prefix: string, draws: readonly WindowDraw[], [height, width]: Pair): Layer[] {
  let size: Pair = [height, width];
  const layers = draws.map((draw, i): Layer => {
    const fit = (axis: 0 | 1): number =>
      draw.padding === 'valid' ? Math.min(draw.window[axis], size[axis]) : draw.window[axis];
    const window: Pair = [fit(0), fit(1)];
    const { strides, padding } = draw;
    size = [
      windowOutput(size[0], window[0], strides[0], padding),
      windowOutput(size[1], window[1], strides[1], padding),
    ];
    const name = `${prefix}window_${i}`;
    return draw.kind === 'max-pool'
      ? { kind: 'max-pool', name, poolSize: window, strides, padding }
      : {
          kind: 'conv2d',
          name,
          filters: draw.filters,
          kernelSize: window,
          strides,
          padding,
          activation: draw.activation,
        };
  });
  return [...layers, { kind: 'flatten', name: `${prefix}flatten` }];
}

/** @param lead layers that every head begins with, named by the prefix. */
function heads(draw: HeadsDraw, lead: (prefix: string) => Layer[]): Head[] {
  const head = (name: string, draws: readonly DenseDraw[]): Head => ({
    name,
    layers: [...lead(`${name}/`), ...denseLayers(`${name}/`, draws)],
  });
  if (draw.combine === 'concatenate') return draw.heads.map((draws, i) => head(`head_${i}`, draws));
  return [
    head('value', [...draw.hidden, { units: 1, activation: 'linear' }]),
    head('advantage', [...draw.hidden, draw.actions]),
  ];
}

function randomNormalizer(size: number, random: Random): Normalizer {
  return {
    mean: Array.from({ length: size }, () => random.normal()),
    variance: Array.from({ length: size }, () => random.uniform() * 2),
    epsilon: 1e-3,
    clip: 1.25, // so that a good share of the inputs is clipped
  };
}

const QUIET_BIAS = -20;

/**
 * Parameters, inputs and an output gradient for a network, drawn from a seed.
 * @param quiet share of the units that a large negative bias keeps from ever responding.
 */
export function fillNetwork(network: NetworkSpecification, batchSize: number, seed: number, quiet = 0): NetworkCase {
  const random = new Random(seed);
  const normals = (length: number, scale: number): Float32Array =>
    Float32Array.from({ length }, () => random.normal() * scale);
  const { inputSize, outputSize } = placeNetwork(network);
  const parameters = Object.fromEntries(
    Object.entries(parameterShapes(network)).map(([name, shape]) => [name, normals(sizeOf(shape), 0.7)]),
  );
  const inputs = normals(batchSize * inputSize, 1.5 / network.input.scale);
  const outputGradient = normals(batchSize * outputSize, 1);
  for (const [name, values] of Object.entries(parameters)) {
    if (!name.endsWith('/bias')) continue;
    for (let unit = 0; unit < values.length; unit++) if (random.uniform() < quiet) values[unit] = QUIET_BIAS;
  }
  return { network, parameters, batchSize, inputs, outputGradient };
}

/** Any network: flat or image input, shared or separate layers, one head or several, with what to feed it. */
const anyNetworkCase = (sizes: Sizes, quiet: fc.Arbitrary<number>): fc.Arbitrary<NetworkCase> =>
  fc
    .record({
      image: fc.option(
        fc.record({
          size: fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 })),
          channels: fc.integer({ min: 1, max: sizes.channels }),
          windows: fc.array(windowDraw(sizes), { maxLength: 3 }),
          separate: fc.boolean(),
        }),
      ),
      features: fc.integer({ min: 1, max: sizes.units }),
      trunk: fc.array(denseDraw(sizes), { maxLength: 2 }),
      heads: headsDraw(denseDraw(sizes)),
      scale: fc.constantFrom(1, 1 / 255),
      normalized: fc.boolean(),
      batchSize: fc.integer({ min: 1, max: sizes.batch }),
      quiet,
      seed: fc.nat(),
    })
    .map(({ image, features, trunk, heads: headsDrawn, scale, normalized, batchSize, quiet: share, seed }) => {
      const shape = image === null ? [features] : [...image.size, image.channels];
      const lead = (prefix: string): Layer[] => (image === null ? [] : imageLayers(prefix, image.windows, image.size));
      const separate = image?.separate === true;
      const network: NetworkSpecification = {
        input: {
          shape,
          scale,
          ...(normalized ? { normalizer: randomNormalizer(sizeOf(shape), new Random(seed)) } : {}),
        },
        trunk: separate ? [] : [...lead(''), ...denseLayers('', trunk)],
        heads: heads(headsDrawn, separate ? lead : () => []),
        combine: headsDrawn.combine,
      };
      return fillNetwork(network, batchSize, seed, share);
    });

/** Any small network. */
export const networkCase = anyNetworkCase({ units: 6, filters: 3, channels: 3, batch: 5 }, fc.constant(0));

/** Layers and batches of several tiles each, with many units that do not respond. */
export const largeNetworkCase = anyNetworkCase(
  { units: 40, filters: 21, channels: 6, batch: 40 },
  fc.constantFrom(0, 0.4, 0.8),
);
