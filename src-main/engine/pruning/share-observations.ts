// Observations dealt out to training, validation and test, so that what is reported was seen by nothing that prunes.
import { SecateurError } from '../../contract/secateur-error.ts';
import type { Observations } from '../formats/observations/observations.ts';
import { Random } from '../random/random.ts';

export interface ObservationShares {
  /** [rows, observationSize] each, whole blocks; no row of the file is in two of them. */
  readonly train: Float32Array;
  readonly validation: Float32Array;
  readonly test: Float32Array;
  /** Rows of a block. */
  readonly block: number;
}

/** With fewer, not even a policy that always agrees would be known to in 95 % of the states. */
const FEWEST_ROWS = 500;
/** Neighbouring rows are neighbouring moments and much alike: they go together. So many blocks at least, */
const FEWEST_BLOCKS = 100;
/** and so many rows at most in each. */
const LONGEST_BLOCK = 100;
const TRAIN_SHARE = 0.6;
const VALIDATION_SHARE = 0.2;
/** More would take longer and change nothing: a share of 10 000 states is known to half a percent. */
const MOST_ROWS = { train: 60_000, validation: 10_000, test: 10_000 } as const;

/** Too few to learn from some, choose by others and report on the rest. */
export class TooFewObservationsError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(rows: number) {
    super(
      `there are ${rows} observations, and ${FEWEST_ROWS} are needed at least`,
      'Record more, from several episodes; some ten thousand are a good number.',
    );
  }
}

function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/**
 * 60 % of the blocks for training, 20 % for validation, 20 % for test, drawn by the seed. What is left over of a block at
 * the end of the file, and what a share has too much of, is not used.
 * @throws TooFewObservationsError
 */
export function shareObservations({ rows, values }: Observations, seed: number): ObservationShares {
  if (rows < FEWEST_ROWS) throw new TooFewObservationsError(rows);
  const width = values.length / rows;
  const block = Math.min(LONGEST_BLOCK, Math.floor(rows / FEWEST_BLOCKS));
  const blocks = shuffled(Math.floor(rows / block), new Random(seed));
  const [train, validation] = [TRAIN_SHARE, VALIDATION_SHARE].map((share) => Math.floor(share * blocks.length));
  const take = (from: number, to: number, most: number): Float32Array => {
    const chosen = blocks.slice(from, Math.min(to, from + Math.floor(most / block)));
    const share = new Float32Array(chosen.length * block * width);
    for (const [i, b] of chosen.entries()) {
      share.set(values.subarray(b * block * width, (b + 1) * block * width), i * block * width);
    }
    return share;
  };
  const held = train! + validation!;
  return {
    train: take(0, train!, MOST_ROWS.train),
    validation: take(train!, held, MOST_ROWS.validation),
    test: take(held, blocks.length, MOST_ROWS.test),
    block,
  };
}
