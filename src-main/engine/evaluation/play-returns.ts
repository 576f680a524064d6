// Returns of policies, played by whoever is there to play: this thread, or others with it.
import type { EnvironmentDefinition } from '../environments/environment.ts';
import type { Match } from '../environments/players.ts';
import type { PolicyModel } from '../networks/model.ts';
import type { Backend, NetworkInstance } from '../numerics/backend.ts';
import { instantiateModel } from './measure-model.ts';
import { modelPolicy } from './policy.ts';
import { meanOf } from './return-statistics.ts';
import { runEpisodes } from './run-episodes.ts';

/** Episodes side by side: matches are played in such parts, so that batches are the same whoever plays them. */
const PARALLEL = 16;

/** Plays part after part; a network is set up anew only where it is another one. */
export class Player {
  readonly #environment: EnvironmentDefinition;
  readonly #backend: Backend;
  #model: PolicyModel | null = null;
  #instance: NetworkInstance | null = null;

  constructor(environment: EnvironmentDefinition, backend: Backend) {
    this.#environment = environment;
    this.#backend = backend;
  }

  /** @param match of at most `PARALLEL` episodes */
  play({ model, seeds }: Match): Float64Array {
    const policy = modelPolicy(this.#instanceOf(model), model.description);
    return runEpisodes({ environment: this.#environment, policy, seeds, parallel: PARALLEL }).returns;
  }

  dispose(): void {
    this.#instance?.dispose();
    this.#instance = null;
    this.#model = null;
  }

  #instanceOf(model: PolicyModel): NetworkInstance {
    const before = this.#model;
    this.#model = model;
    if (this.#instance !== null && before !== null) {
      if (before === model) return this.#instance;
      if (before.description.network === model.description.network && before.masks === model.masks) {
        this.#instance.writeParameters(model.parameters);
        return this.#instance;
      }
      this.#instance.dispose();
    }
    this.#instance = instantiateModel(this.#backend, model, PARALLEL);
    return this.#instance;
  }
}

function playHere(environment: EnvironmentDefinition, backend: Backend, parts: readonly Match[]): Float64Array[] {
  const player = new Player(environment, backend);
  try {
    return parts.map((part) => player.play(part));
  } finally {
    player.dispose();
  }
}

/**
 * Plays every match, without a pause.
 * @returns undiscounted returns of each match, in the order of its seeds
 */
export function playReturns(
  { environment, backend }: { readonly environment: EnvironmentDefinition; readonly backend: Backend },
  matches: readonly Match[],
): Float64Array[] {
  const parts = matches.flatMap(({ model, seeds }) =>
    Array.from({ length: Math.ceil(seeds.length / PARALLEL) }, (_, part) => ({
      model,
      seeds: seeds.slice(part * PARALLEL, (part + 1) * PARALLEL),
    })),
  );
  const played = environment.players?.play(parts) ?? playHere(environment, backend, parts);
  let next = 0;
  return matches.map(({ seeds }) => {
    const returns = new Float64Array(seeds.length);
    for (let from = 0; from < seeds.length; from += PARALLEL) returns.set(played[next++]!, from);
    return returns;
  });
}

/** Mean return of one match. */
export function meanReturn(where: Parameters<typeof playReturns>[0], match: Match): number {
  return meanOf(playReturns(where, [match])[0]!);
}
