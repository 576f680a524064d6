// Rewiring: a layer drops its smallest weights and grows as many others, so that its density stays as it is.
import type { Masks, Parameters } from '../../networks/parameters.ts';
import { ParameterShapeError } from '../../networks/shapes.ts';
import { keptIn } from '../granularity/granularity.ts';

/**
 * f = α/2 · (1 + cos(π·t/T)): the share of a layer's weights that a rewiring drops (Evci et al. 2020, §3).
 * @param initial α
 * @param elapsed t/T, in [0, 1]
 */
export function dropShare(initial: number, elapsed: number): number {
  return (initial / 2) * (1 + Math.cos(Math.PI * elapsed));
}

/** For products that are integers but come out just below. */
const ROUNDING = 1e-9;

/**
 * The new mask of one kernel: of its n weights, floor(share · n) of least magnitude are dropped, and as many grow where the
 * scores are highest among all that is not there then; the first of equals. What is dropped and grows at once has stayed.
 * All arrays are as long as the kernel.
 * @param weights zero where the mask is
 * @param scores what the topology says of each entry
 * @param share in [0, 1]
 */
export function rewireKernel(input: {
  readonly weights: Float32Array;
  readonly mask: Uint8Array;
  readonly scores: Float32Array;
  readonly share: number;
}): Uint8Array {
  const { weights, mask, scores, share } = input;
  const size = mask.length;
  const alive = mask.reduce((count, keep) => count + keep, 0);
  const dropped = Math.floor(share * alive + ROUNDING);
  const magnitudes = weights.map((w, i) => (mask[i] === 1 ? Math.abs(w) : -Infinity));
  const kept = keptIn({ size, scores: magnitudes }, alive - dropped);
  const candidates = scores.map((score, i) => (kept[i] === 1 ? -Infinity : score));
  const grown = keptIn({ size, scores: candidates }, dropped);
  return kept.map((keep, i) => keep | grown[i]!);
}

/**
 * New masks for all kernels that have one.
 * @param scoresOf what the topology says of the entries of a kernel
 * @throws ParameterShapeError for a mask without its kernel, or of another length
 */
export function rewire(input: {
  readonly parameters: Parameters;
  readonly masks: Masks;
  readonly share: number;
  readonly scoresOf: (kernel: string) => Float32Array;
}): Masks {
  const { parameters, masks, share, scoresOf } = input;
  return Object.fromEntries(
    Object.entries(masks).map(([name, mask]) => {
      const weights = parameters[name];
      if (weights === undefined) throw new ParameterShapeError(name, 'has a mask, but is not part of the network');
      if (weights.length !== mask.length) {
        throw new ParameterShapeError(name, `has a mask of ${mask.length} values, but ${weights.length} weights`);
      }
      return [name, rewireKernel({ weights, mask, scores: scoresOf(name), share })];
    }),
  );
}
