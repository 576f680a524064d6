// How often two policies choose the same action in the same states.
import type { Agreement } from '../../contract/evaluation.ts';
import { SecateurError } from '../../contract/secateur-error.ts';
import type { BatchPolicy } from './policy.ts';

/** Policies of different action spaces, or no states: nothing to compare. */
export class IncomparablePoliciesError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(problem: string) {
    super(`the policies cannot be compared: ${problem}`, 'Compare models of the same environment on visited states.');
  }
}

export interface AgreementOptions {
  readonly policies: readonly [BatchPolicy, BatchPolicy];
  /** [states, observationSize] */
  readonly observations: Float32Array;
  readonly observationSize: number;
  /** The policies' largest batch. */
  readonly batch?: number;
  /** Continuous actions this close count as the same, in the action's own units. */
  readonly tolerance?: number;
}

/** @throws IncomparablePoliciesError */
export function measureAgreement(options: AgreementOptions): Agreement {
  const { policies, observations, observationSize, batch = 64, tolerance = 0.01 } = options;
  const states = observations.length / observationSize;
  if (states === 0) throw new IncomparablePoliciesError('no states were given');
  let agreeing = 0;
  let totalDifference = 0;
  let components = 0;
  for (let first = 0; first < states; first += batch) {
    const count = Math.min(batch, states - first);
    const rows = observations.subarray(first * observationSize, (first + count) * observationSize);
    const ours = policies[0].act(rows, count);
    const theirs = policies[1].act(rows, count);
    for (let row = 0; row < count; row++) {
      const a = ours[row]!;
      const b = theirs[row]!;
      if (typeof a === 'number' && typeof b === 'number') {
        if (a === b) agreeing++;
        continue;
      }
      if (typeof a === 'number' || typeof b === 'number' || a.length !== b.length) {
        throw new IncomparablePoliciesError('their action spaces differ');
      }
      let largest = 0;
      for (let i = 0; i < a.length; i++) {
        const difference = Math.abs(a[i]! - b[i]!);
        totalDifference += difference;
        largest = Math.max(largest, difference);
      }
      components += a.length;
      if (largest <= tolerance) agreeing++;
    }
  }
  const share = agreeing / states;
  if (components === 0) return { kind: 'discrete', states, share };
  return { kind: 'continuous', states, share, tolerance, meanAbsoluteDifference: totalDifference / components };
}
