// Trials that have been measured, as far as choosing between them looks.
import type { MeasuredTrial } from '../../../src-main/contract/search.ts';
import { pruneRecipe } from '../../contract/recipes.ts';

export interface TrialOutline {
  readonly weights: number;
  readonly meanReturn: number;
  readonly number?: number;
  readonly rung?: number;
  readonly bytes?: number;
}

/** Of a dense policy that gets 100, and loses nothing to luck. */
export function measuredTrial({
  weights,
  meanReturn,
  number = 0,
  rung = 0,
  bytes = weights,
}: TrialOutline): MeasuredTrial {
  const share = meanReturn / 100;
  return {
    rung,
    number,
    recipe: pruneRecipe({ kind: 'model', id: 'm' }),
    episodes: 4,
    outcome: {
      kind: 'measured',
      measured: {
        weights,
        hiddenUnits: 1,
        bytes,
        latency: null,
        meanReturn,
        meanInterval: { low: meanReturn, high: meanReturn },
        keptShare: share,
        certainShare: share,
      },
    },
    seconds: 0,
  };
}
