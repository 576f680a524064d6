// Agents playing episodes to be watched: one, or several with the same seed and in step.
import { untrack } from 'svelte';
import type { Player } from '../../src-main/contract/api/episodes.ts';
import type { RecordedEpisode } from '../../src-main/contract/episode.ts';
import type { Problem } from '../../src-main/contract/secateur-error.ts';
import { call } from '../bridge/bridge.ts';
import { problemOf } from '../bridge/problem-error.ts';
import { EpisodeShelf, type ShelvedEpisode } from './episode-shelf.ts';
import { advance, type PlaybackMoment } from './playback.ts';

export interface EpisodePlayerOptions {
  readonly firstSeed: number;
  /** Short episodes are brought so many at a time: for agents that fail at once. */
  readonly batch?: number;
}

const START: PlaybackMoment = { position: 0, rested: 0 };

export class EpisodePlayer {
  readonly #shelves: readonly EpisodeShelf[];
  #seed = $state(0);
  #shown = $state.raw<readonly (ShelvedEpisode | null)[]>([]);
  #moment = $state.raw<PlaybackMoment>(START);
  #playing = $state(true);
  #speed = $state(1);
  #looping = $state(true);
  #empty = $state(false);
  #problem = $state.raw<Problem | null>(null);
  /** Of what is being brought: only the last choice of a seed counts. */
  #choice = 0;

  /** Nothing is brought before somebody looks: see `run`. */
  constructor(players: readonly Player[], { firstSeed, batch = 1 }: EpisodePlayerOptions) {
    this.#seed = firstSeed;
    this.#shown = players.map(() => null);
    this.#shelves = players.map(
      (player) => new EpisodeShelf((seed) => call('episodes.play', { player, seed, episodes: batch })),
    );
    // Whoever wants less motion is not shown any unasked.
    this.#playing = !matchMedia('(prefers-reduced-motion: reduce)').matches;
  }

  /** In the order of the players; null while it is on its way. */
  get tracks(): readonly (RecordedEpisode | null)[] {
    return this.#shown.map((shown) => shown?.episode ?? null);
  }

  /** Where each run was whose policy plays. */
  get policySteps(): readonly (number | null)[] {
    return this.#shown.map((shown) => shown?.policyStep ?? null);
  }

  get seed(): number {
    return this.#seed;
  }

  get position(): number {
    return this.#moment.position;
  }

  get length(): number {
    return this.#shown.reduce((most, shown) => Math.max(most, shown?.episode.actions.length ?? 0), 0);
  }

  get playing(): boolean {
    return this.#playing;
  }

  get speed(): number {
    return this.#speed;
  }

  get looping(): boolean {
    return this.#looping;
  }

  /** There is nothing to be seen: a run that does not compute. */
  get empty(): boolean {
    return this.#empty;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** Brings what is to be watched and goes on with time. @returns ends that */
  run(): () => void {
    // Whoever looks is not to begin anew with every seed.
    void this.choose(untrack(() => this.#seed));
    let last: number | null = null;
    let frame = 0;
    const tick = (time: number): void => {
      this.#pass(last === null ? 0 : (time - last) / 1000);
      last = time;
      frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => {
      cancelAnimationFrame(frame);
      // What is on its way is not awaited any more: nobody would see it, nor what follows it.
      this.#choice++;
    };
  }

  play(): void {
    if (this.#moment.position >= this.length) this.#moment = START;
    this.#playing = true;
  }

  pause(): void {
    this.#playing = false;
  }

  /** Holds, at whole steps from here. */
  step(by: number): void {
    const from = by > 0 ? Math.floor(this.position) : Math.ceil(this.position);
    this.scrub(from + by);
  }

  /** Holds, at a step. */
  scrub(position: number): void {
    this.#playing = false;
    this.#moment = { position: Math.min(this.length, Math.max(0, position)), rested: 0 };
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
  }

  /** Whether the next seed follows the end of an episode. */
  setLooping(looping: boolean): void {
    this.#looping = looping;
  }

  next(): void {
    void this.choose(this.#seed + 1);
  }

  /** Plays the episodes of a seed from their beginning, once all of them are there. */
  async choose(seed: number): Promise<void> {
    const choice = ++this.#choice;
    try {
      const found = await Promise.all(this.#shelves.map((shelf) => shelf.get(seed)));
      if (choice !== this.#choice) return;
      this.#problem = null;
      this.#empty = found.some((one) => one === null);
      if (this.#empty) return;
      this.#seed = seed;
      this.#shown = found;
      this.#moment = START;
      for (const shelf of this.#shelves) {
        shelf.keepFrom(seed);
        // What follows is brought while this plays; that it cannot be is said when it is its turn.
        shelf.fetch(seed + 1).catch(() => undefined);
      }
    } catch (error) {
      if (choice === this.#choice) this.#problem = problemOf(error);
    }
  }

  #pass(seconds: number): void {
    const [first] = this.tracks;
    if (!this.#playing || first == null) return;
    const { over, ...moment } = advance(this.#moment, {
      seconds,
      length: this.length,
      rate: first.stepsPerSecond * this.#speed,
    });
    this.#moment = moment;
    if (!over) return;
    if (this.#looping) this.#goOn();
    else this.#playing = false;
  }

  /** To the next seed, once: the end stays in view until it is there. */
  #goOn(): void {
    this.#moment = { ...this.#moment, rested: 0 };
    void this.choose(this.#seed + 1);
  }
}
