// The one source of randomness: seedable, and its state can be saved. xoroshiro128+ from pure-rand.
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

export interface RandomState {
  readonly generator: readonly number[];
  /** The second half of the last Box–Muller pair, if it is still to be used. */
  readonly spareNormal: number | null;
}

/** A seeded stream of random numbers. */
export class Random {
  #generator: RandomGenerator;
  #spareNormal: number | null = null;

  /** @param seed any safe integer; equal seeds give equal streams. */
  constructor(seed: number) {
    // Nearby seeds start xoroshiro in nearby states; a multiplicative hash (Knuth) of both halves spreads them.
    const low = seed >>> 0;
    const high = Math.floor(seed / 2 ** 32) >>> 0;
    this.#generator = xoroshiro128plus((Math.imul(low ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(high, 0xc2b2ae35)) | 0);
    for (let i = 0; i < 4; i++) this.#generator.next();
  }

  static fromState(state: RandomState): Random {
    const random = new Random(0);
    random.loadState(state);
    return random;
  }

  saveState(): RandomState {
    return { generator: [...this.#generator.getState()], spareNormal: this.#spareNormal };
  }

  loadState({ generator, spareNormal }: RandomState): void {
    this.#generator = xoroshiro128plusFromState(generator);
    this.#spareNormal = spareNormal;
  }

  /** Uniform in [0, 1) with 32 bits. */
  uniform(): number {
    return (this.#generator.next() >>> 0) / 2 ** 32;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** Uniform integer in [0, n). */
  integer(n: number): number {
    return uniformInt(this.#generator, 0, n - 1);
  }

  /** Standard normal (Box & Muller 1958). */
  normal(): number {
    if (this.#spareNormal !== null) {
      const spare = this.#spareNormal;
      this.#spareNormal = null;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** An independent stream for one purpose, so that drawing more here never shifts what is drawn there. */
  fork(): Random {
    return new Random((this.#generator.next() >>> 0) * 2 ** 20 + ((this.#generator.next() >>> 0) & 0xfffff));
  }
}
