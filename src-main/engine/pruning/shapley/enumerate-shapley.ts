// The Shapley value by its definition: every coalition is played in every situation.
import { meanOf, valuesEverywhere, type Game } from './game.ts';
import type { ShapleyValues } from './shapley-values.ts';

/**
 * φ_u = Σ over S without u of |S|!·(n − |S| − 1)!/n! · (v(S ∪ u) − v(S)) (Shapley 1953). 2^n · situations rows.
 */
export function enumerateShapley(game: Game): ShapleyValues {
  const n = game.players;
  const coalitionOf = (members: number): Uint8Array => Uint8Array.from({ length: n }, (_, u) => (members >>> u) & 1);
  const values = Float64Array.from({ length: 2 ** n }, (_, members) =>
    meanOf(valuesEverywhere(game, coalitionOf(members))),
  );
  // |S|!·(n − |S| − 1)!/n! = 1 / (n · binomial(n − 1, |S|))
  const weights = new Float64Array(n);
  let binomial = 1;
  for (let size = 0; size < n; size++) {
    weights[size] = 1 / (n * binomial);
    binomial = (binomial * (n - 1 - size)) / (size + 1);
  }
  const shapley = Float64Array.from({ length: n }, (_, u) =>
    values.reduce((sum, without, members) => {
      if (((members >>> u) & 1) === 1) return sum;
      const size = coalitionOf(members).reduce((count, present) => count + present, 0);
      return sum + weights[size]! * (values[members | (1 << u)]! - without);
    }, 0),
  );
  return {
    values: Float32Array.from(shapley),
    halfWidths: new Float32Array(n),
    total: values[2 ** n - 1]! - values[0]!,
  };
}
