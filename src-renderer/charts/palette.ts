// Colours of data. Categories keep their order everywhere; magnitudes and signed values have scales of their own.
/** For models, runs, layers: in this order. Okabe & Ito 2008 (black last: it is the ink), Tol 2021 "bright", greys. */
export const categories: Readonly<Record<string, readonly string[]>> = {
  'okabe-ito': ['#0072b2', '#e69f00', '#009e73', '#d55e00', '#56b4e9', '#cc79a7', '#b5a400', '#7a7a7a'],
  'tol-bright': ['#4477aa', '#ee6677', '#228833', '#ccbb44', '#66ccee', '#aa3377', '#bbbbbb', '#7a7a7a'],
  greys: ['#2b2b2b', '#8c8c8c', '#5a5a5a', '#b3b3b3', '#404040', '#9f9f9f', '#6e6e6e', '#c4c4c4'],
};

/** Dash patterns beside the colours: lines are told apart without them too. */
export const dashes: readonly (readonly number[])[] = [
  [],
  [6, 3],
  [2, 2],
  [8, 3, 2, 3],
  [1, 3],
  [12, 3],
  [4, 4],
  [10, 2, 2, 2],
];

type Stops = readonly (readonly [number, number, number])[];

/** Sampled from matplotlib's maps (CC0), evenly spaced, darkest first. */
const scales: Readonly<Record<string, Stops>> = {
  viridis: [
    [68, 1, 84],
    [71, 44, 122],
    [59, 81, 139],
    [44, 113, 142],
    [33, 144, 141],
    [39, 173, 129],
    [92, 200, 99],
    [170, 220, 50],
    [253, 231, 37],
  ],
  cividis: [
    [0, 34, 78],
    [18, 53, 112],
    [59, 73, 108],
    [87, 93, 109],
    [112, 113, 115],
    [138, 134, 120],
    [165, 156, 116],
    [195, 179, 105],
    [254, 232, 56],
  ],
};

function between(stops: Stops, at: number): readonly [number, number, number] {
  const position = Math.min(1, Math.max(0, at)) * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(position));
  const share = position - index;
  const mix = (channel: 0 | 1 | 2): number =>
    Math.round(stops[index]![channel] * (1 - share) + stops[index + 1]![channel] * share);
  return [mix(0), mix(1), mix(2)];
}

/** Red, green, blue (0–255) of a magnitude in [0, 1]. */
export function magnitudeColor(scale: string, at: number): readonly [number, number, number] {
  return between(scales[scale] ?? scales.viridis!, at);
}

const NEGATIVE = [33, 102, 172] as const;
const POSITIVE = [178, 76, 12] as const;

/**
 * Of a signed value in [−1, 1]: blue below, orange above; the middle is the background, so that what is pruned recedes.
 * @param background red, green, blue of the surface
 */
export function signedColor(
  at: number,
  background: readonly [number, number, number],
): readonly [number, number, number] {
  const end = at < 0 ? NEGATIVE : POSITIVE;
  return between([background, end], Math.abs(at));
}
