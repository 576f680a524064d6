import type { Criterion } from './criterion.ts';
import type { Random } from '../../random/random.ts';

const shake = (scores: Float32Array, noise: number, random: Random): Float32Array =>
  scores.map((score) => score * Math.exp(noise * random.normal()));

/** The criterion with every score multiplied by e^(noise·z): another draw among elements that are nearly equal. */
export function perturbed(criterion: Criterion, noise: number): Criterion {
  const { scoreWeights, scoreUnits } = criterion;
  return {
    ...criterion,
    ...(scoreWeights && { scoreWeights: (input) => shake(scoreWeights(input), noise, input.random) }),
    ...(scoreUnits && { scoreUnits: (input) => shake(scoreUnits(input), noise, input.random) }),
  };
}
