// N:M sparsity: a pattern fine enough to keep accuracy and regular enough for hardware, such as 2:4 on tensor cores.
import { readPattern } from '../../../contract/n-of-m.ts';
import { SecateurError } from '../../../contract/secateur-error.ts';
import type { AllocationLayer } from '../allocation/allocation.ts';
import { checkScorable, type MaskingGranularity } from './granularity.ts';
import { scoreKernels, weight } from './weight.ts';

/** A granularity with a colon that is no pattern N:M which prunes something and leaves something. */
export class NOfMPatternError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(pattern: string) {
    super(
      `the granularity "${pattern}" is no pattern N:M`,
      'It keeps N of every M consecutive weights: whole numbers with 1 ≤ N < M, such as 2:4.',
    );
  }
}

/**
 * −Infinity for all but the N best of every group; among equals the first stay. A group is M consecutive inputs (or
 * channels, at one position of a convolution's window) of one unit; the last of a unit may be shorter and keeps N too.
 */
function keepBestOfGroups(layer: AllocationLayer, n: number, m: number): AllocationLayer {
  const [inputs, units] = [layer.shape.at(-2)!, layer.shape.at(-1)!];
  const scores = layer.scores.slice();
  for (let window = 0; window < layer.size; window += inputs * units) {
    for (let from = 0; from < inputs; from += m) {
      for (let unit = 0; unit < units; unit++) {
        const group = Array.from(
          { length: Math.min(m, inputs - from) },
          (_, i) => window + (from + i) * units + unit,
        ).sort((a, b) => layer.scores[b]! - layer.scores[a]! || a - b);
        for (const surplus of group.slice(n)) scores[surplus] = -Infinity;
      }
    }
  }
  return { ...layer, scores };
}

/**
 * The granularity "N:M": the pattern holds in every kernel from the first cut on, and an amount beyond its sparsity of
 * 1 − N/M is taken from what the pattern leaves.
 * @throws NOfMPatternError
 */
export function nOfM(pattern: string): MaskingGranularity {
  const numbers = readPattern(pattern);
  if (numbers === null) throw new NOfMPatternError(pattern);
  const { n, m } = numbers;
  const granularity: MaskingGranularity = {
    id: pattern,
    name: `Weights, ${pattern}`,
    explanation: `Of every ${m} consecutive inputs of a unit at most ${n} stay connected, whatever the amount; any N:M. No unit is cut out, so that the pattern holds.`,
    ranks: 'weights',
    pattern,
    skips: weight.skips,
    saliency: (input) => {
      checkScorable(input, granularity);
      return weight.saliency(input);
    },
    score: (input) => {
      checkScorable(input, granularity);
      return scoreKernels(input).map((layer) => keepBestOfGroups(layer, n, m));
    },
    masksFor: weight.masksFor,
  };
  return granularity;
}
