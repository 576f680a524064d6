// From a name to an environment that the engine plays in like any other, while it lives in a Python.
import { gymnasiumName, parseGymnasiumId } from '../../contract/gymnasium-id.ts';
import type { EnvironmentDefinition } from '../../engine/environments/environment.ts';
import { exploringPolicy } from '../../engine/evaluation/exploring-policy.ts';
import { runEpisodes } from '../../engine/evaluation/run-episodes.ts';
import { Random } from '../../engine/random/random.ts';
import { Bridge } from './bridge.ts';
import { GymnasiumWorlds } from './gymnasium-worlds.ts';
import type { Described } from './protocol.ts';
import type { PythonOptions } from './python-process.ts';

/** Where an environment states no limit: an evaluation has to end. */
const UNSTATED_LIMIT = 10_000;
/** Episodes that say what chance earns, side by side, and their seeds. */
const CHANCE_SEEDS = [0, 1, 2, 3, 4, 5, 6, 7];

/** "gymnasium 1.4.0, ale_py 0.12.1, Python 3.12.1" */
function versionsOf({ versions, python }: Described): string {
  const packages = Object.entries(versions).filter(([, version]) => version !== null);
  return [...packages.map(([name, version]) => `${name} ${version}`), `Python ${python}`].join(', ');
}

/** Mean return of random actions: no table says how low returns go in an environment that anybody may have written. */
function chanceReturn(environment: EnvironmentDefinition): number {
  const random = new Random(0);
  const idle = { act: (_: Float32Array, count: number) => new Int32Array(count) };
  const policy = exploringPolicy({ policy: idle, environment, epsilon: 1, random });
  const { returns } = runEpisodes({ environment, policy, seeds: CHANCE_SEEDS });
  return returns.reduce((sum, value) => sum + value, 0) / returns.length;
}

export interface OpenedGymnasium {
  readonly definition: EnvironmentDefinition;
  /** Ends its Python. */
  readonly close: () => void;
}

/**
 * Starts a Python and makes the environment in it.
 * @param id "gym:CartPole-v1"
 * @throws GymnasiumIdError, UnsupportedSpaceError and the other errors of `gymnasium-errors.ts`
 */
export function openGymnasium(id: string, options: PythonOptions): OpenedGymnasium {
  const wanted = parseGymnasiumId(id);
  const bridge = new Bridge({ ...options, id });
  try {
    const described = bridge.describe(wanted);
    const { shape, low, high } = described.observation;
    let worst: number | null = null;
    const definition: EnvironmentDefinition = {
      id,
      description: `${gymnasiumName(id)} of ${versionsOf(described)}.`,
      observationSpace: { kind: 'box', shape, low, high },
      actionSpace: described.actions,
      maxEpisodeSteps: wanted.maxSteps ?? described.maxEpisodeSteps ?? UNSTATED_LIMIT,
      get worstReturn() {
        return (worst ??= chanceReturn(definition));
      },
      ...(described.stepsPerSecond !== null && { stepsPerSecond: described.stepsPerSecond }),
      // Mnih et al. 2015: the sign of what Atari games pay, which differs by orders of magnitude.
      ...(wanted.atari !== null && { learntReward: Math.sign }),
      createWorld: () => {
        throw new TypeError('worlds of Gymnasium come together: createWorlds');
      },
      createWorlds: (slots) => new GymnasiumWorlds(bridge, described, definition, slots),
    };
    return {
      definition,
      close: () => {
        bridge.end();
      },
    };
  } catch (error) {
    bridge.end();
    throw error;
  }
}
