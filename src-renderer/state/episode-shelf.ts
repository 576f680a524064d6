// Recorded episodes of one player, by seed: fetched a few at a time, ahead of being watched, and let go afterwards.
import type { Played } from '../../src-main/contract/api/episodes.ts';
import type { RecordedEpisode } from '../../src-main/contract/episode.ts';

export interface ShelvedEpisode {
  readonly episode: RecordedEpisode;
  /** Where the run was whose policy plays; null for a model. */
  readonly policyStep: number | null;
}

type Ask = (seed: number) => Promise<Played | null>;

export class EpisodeShelf {
  readonly #ask: Ask;
  readonly #episodes = new Map<number, ShelvedEpisode>();
  /** Questions on their way, by seed. */
  readonly #asked = new Map<number, Promise<void>>();

  /** @param ask for episodes from a seed on; null when there is nothing to be seen */
  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** What is there already. */
  find(seed: number): ShelvedEpisode | null {
    return this.#episodes.get(seed) ?? null;
  }

  /** @returns null when there is nothing to be seen @throws what `ask` throws */
  async get(seed: number): Promise<ShelvedEpisode | null> {
    if (!this.#episodes.has(seed)) await this.fetch(seed);
    return this.find(seed);
  }

  /** Has the episode of a seed brought, once. */
  fetch(seed: number): Promise<void> {
    if (this.#episodes.has(seed)) return Promise.resolve();
    const going = this.#asked.get(seed);
    if (going !== undefined) return going;
    const asking = this.#bring(seed).finally(() => this.#asked.delete(seed));
    this.#asked.set(seed, asking);
    return asking;
  }

  /** Keeps nothing but one episode and those after it. */
  keepFrom(seed: number): void {
    for (const known of this.#episodes.keys()) if (known < seed) this.#episodes.delete(known);
  }

  async #bring(seed: number): Promise<void> {
    const played = await this.#ask(seed);
    for (const episode of played?.episodes ?? []) {
      this.#episodes.set(episode.seed, { episode, policyStep: played!.step });
    }
  }
}
