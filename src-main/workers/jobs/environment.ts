// What an environment is, for whoever chooses one.
import type { Catalogue } from '../../contract/catalogue.ts';
import type { ActionSpace, Scene } from '../../contract/environment.ts';
import { isGymnasiumId } from '../../contract/gymnasium-id.ts';
import type { JobRequest, JobResult } from '../../contract/job.ts';
import { templatesFor } from '../../engine/agents/templates.ts';
import type { EnvironmentDefinition } from '../../engine/environments/environment.ts';
import { environments } from '../../engine/environments/registry.ts';
import { VectorEnvironment } from '../../engine/environments/vector-environment.ts';
import { EnvironmentNotDrawnError } from '../gymnasium/gymnasium-errors.ts';

function describeActions(space: ActionSpace): string {
  const count = space.kind === 'discrete' ? space.n : space.shape.reduce((product, size) => product * size, 1);
  return `${count} ${space.kind === 'discrete' ? 'discrete' : 'continuous'} action${count === 1 ? '' : 's'}`;
}

/** Null where it cannot be drawn: that is no obstacle to training in it. */
function firstScene(environment: EnvironmentDefinition): Scene | null {
  const world = new VectorEnvironment(environment, 1);
  try {
    world.reset(0, 0);
    return world.scene(0);
  } catch (error) {
    if (error instanceof EnvironmentNotDrawnError) return null;
    throw error;
  } finally {
    world.dispose();
  }
}

export function environmentEntry(environment: EnvironmentDefinition): Catalogue['environments'][number] {
  return {
    id: environment.id,
    description: environment.description,
    observation: [...environment.observationSpace.shape],
    actions: describeActions(environment.actionSpace),
    actionSpace: environment.actionSpace,
    maxEpisodeSteps: environment.maxEpisodeSteps,
    worstReturn: isGymnasiumId(environment.id) ? null : environment.worstReturn,
    scene: firstScene(environment),
  };
}

/** @throws UnknownNameError */
export function environmentJob(request: Extract<JobRequest, { kind: 'environment' }>): JobResult {
  const environment = environments.get(request.environment);
  const described = { environment: environmentEntry(environment), templates: templatesFor(environment) };
  return { kind: 'environment', described };
}
