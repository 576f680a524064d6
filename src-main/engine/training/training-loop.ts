// The training loop: an agent, environments, and a budget of environment steps.
import { z } from 'zod';
import type { SeedRange } from '../../contract/evaluation.ts';
import type { Agent, StepOutcome } from '../agents/agent.ts';
import { joinStates, partOf, restoreArray, type Resumable, type SavedState } from '../agents/saved-state.ts';
import type { VectorEnvironment } from '../environments/vector-environment.ts';
import { seedOfEpisode } from '../evaluation/seeds.ts';
import type { Masks } from '../networks/parameters.ts';
import { loadEnvironment, saveEnvironment } from './environment-state.ts';
import type { EpisodeReport, TrainingObserver, TrainingProgress, Verdict } from './training-observer.ts';

export interface TrainingLoopOptions {
  readonly agent: Agent;
  readonly environment: VectorEnvironment;
  readonly totalSteps: number;
  /** Each episode takes the next seed; after the last comes the first again. */
  readonly seeds: SeedRange;
  readonly observers?: readonly TrainingObserver[];
  /**
   * Asked before every update: new masks, or null to leave them. To resume exactly it must depend on nothing but the
   * progress, the parameters and the masks.
   */
  readonly masksAt?: (progress: TrainingProgress, agent: Pick<Agent, 'network' | 'masks'>) => Masks | null;
  /** Asked in every update, when its gradients are there: new masks instead of its step, or null to step. */
  readonly masksByGradients?: (progress: TrainingProgress, agent: Pick<Agent, 'network' | 'masks'>) => Masks | null;
}

const countersSchema = z.strictObject({
  step: z.int().min(0),
  update: z.int().min(0),
  episodesBegun: z.int().min(0),
  episodes: z.array(z.int().min(0)).readonly(),
});

/** A step as the agent sees it: where that is customary, its rewards are not those that count. */
function learntFrom(environment: VectorEnvironment): StepOutcome {
  const { learntReward } = environment.definition;
  if (learntReward === undefined) return environment;
  const { terminated, truncated, observations } = environment;
  return { rewards: environment.rewards.map((reward) => learntReward(reward)), terminated, truncated, observations };
}

/**
 * Moves in atoms, a step of all environments or one update, and can stop, be saved and go on between any two:
 *
 *     while (loop.advance());
 */
export class TrainingLoop implements TrainingProgress, Resumable {
  readonly totalSteps: number;
  readonly #options: TrainingLoopOptions;
  readonly #observers: readonly TrainingObserver[];
  /** Number and return so far of the episode that runs in each environment. */
  readonly #episodes: number[];
  readonly #returns: Float64Array;
  #episodesBegun = 0;
  #step = 0;
  #update = 0;

  /** Begins an episode in every environment. */
  constructor(options: TrainingLoopOptions) {
    const { environment, totalSteps, observers = [] } = options;
    this.totalSteps = totalSteps;
    this.#options = options;
    this.#observers = observers;
    this.#episodes = new Array<number>(environment.count).fill(0);
    this.#returns = new Float64Array(environment.count);
    for (let index = 0; index < environment.count; index++) this.#begin(index);
  }

  get step(): number {
    return this.#step;
  }

  get update(): number {
    return this.#update;
  }

  get finished(): boolean {
    return this.#step >= this.totalSteps && this.#options.agent.updatesDue === 0;
  }

  /** One atom. @returns whether to go on: false when the run is finished or an observer said stop. */
  advance(): boolean {
    if (this.finished) return false;
    const goOn = this.#options.agent.updatesDue > 0 ? this.#learn() : this.#play();
    return goOn && !this.finished;
  }

  #play(): boolean {
    const { agent, environment } = this.#options;
    environment.step(agent.act(environment.observations));
    agent.observe(learntFrom(environment));
    this.#step += environment.count;
    let goOn = this.#tell((observer) => observer.onStep?.(this));
    for (let index = 0; index < environment.count; index++) {
      this.#returns[index]! += environment.rewards[index]!;
      if (environment.active[index] === 1) continue;
      const episode = this.#report(index);
      if (!this.#tell((observer) => observer.onEpisode?.(episode, this))) goOn = false;
      this.#begin(index);
    }
    return goOn;
  }

  #learn(): boolean {
    const { agent, masksAt, masksByGradients } = this.#options;
    const masks = masksAt?.(this, agent) ?? null;
    if (masks !== null) agent.setMasks(masks);
    const metrics = agent.update(masksByGradients && ((learner) => masksByGradients(this, learner)));
    this.#update++;
    return this.#tell((observer) => observer.onUpdate?.(metrics, this));
  }

  /** All observers are told, also when one of them says stop. */
  #tell(event: (observer: TrainingObserver) => Verdict): boolean {
    let goOn = true;
    for (const observer of this.#observers) if (event(observer) === false) goOn = false;
    return goOn;
  }

  #begin(index: number): void {
    const episode = this.#episodesBegun++;
    this.#episodes[index] = episode;
    this.#returns[index] = 0;
    this.#options.environment.reset(index, seedOfEpisode(this.#options.seeds, episode));
  }

  #report(index: number): EpisodeReport {
    const { environment } = this.#options;
    const episode = this.#episodes[index]!;
    return {
      episode,
      seed: seedOfEpisode(this.#options.seeds, episode),
      episodeReturn: this.#returns[index]!,
      episodeLength: environment.steps[index]!,
      truncated: environment.truncated[index] === 1,
    };
  }

  /** The agent apart, which is a part of the checkpoint of its own. */
  saveState(): SavedState {
    const counters = { step: this.#step, update: this.#update, episodesBegun: this.#episodesBegun };
    return joinStates({
      counters: { values: { ...counters, episodes: this.#episodes }, arrays: { returns: this.#returns } },
      environment: saveEnvironment(this.#options.environment),
    });
  }

  loadState(state: SavedState): void {
    const saved = partOf(state, 'counters');
    const counters = countersSchema.parse(saved.values);
    restoreArray(this.#returns, saved, 'returns');
    loadEnvironment(this.#options.environment, partOf(state, 'environment'));
    this.#step = counters.step;
    this.#update = counters.update;
    this.#episodesBegun = counters.episodesBegun;
    this.#episodes.splice(0, Infinity, ...counters.episodes);
  }
}
