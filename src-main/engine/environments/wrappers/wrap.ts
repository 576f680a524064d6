// An environment with options: another time limit, sticky actions, stacked observations; everything else stays.
import type { BoxSpace } from '../../../contract/environment.ts';
import type { EnvironmentOptions } from '../../../contract/environment-id.ts';
import { sizeOf } from '../../networks/shapes.ts';
import type { EnvironmentDefinition, World } from '../environment.ts';
import { FrameStack } from './frame-stack.ts';
import { StickyActions } from './sticky-actions.ts';

/** Bounds of `count` observations, put one behind the other along the last dimension. */
function stackedSpace({ shape, low, high }: BoxSpace, count: number): BoxSpace {
  const channels = shape.at(-1)!;
  const repeat = (bounds: readonly number[]): number[] =>
    Array.from({ length: bounds.length * count }, (_, i) => {
      const place = Math.floor(i / (channels * count));
      return bounds[place * channels + (i % channels)]!;
    });
  return { kind: 'box', shape: [...shape.slice(0, -1), channels * count], low: repeat(low), high: repeat(high) };
}

function describe({ 'max-steps': limit, sticky, stack }: EnvironmentOptions): string {
  return [
    ...(limit === undefined ? [] : [`Episodes of at most ${limit} steps.`]),
    ...(sticky === undefined ? [] : [`The action before is repeated with probability ${sticky}.`]),
    ...(stack === undefined ? [] : [`The last ${stack} observations at once.`]),
  ].join(' ');
}

/** @param id of the whole, options included */
export function wrap(
  id: string,
  definition: EnvironmentDefinition,
  options: EnvironmentOptions,
): EnvironmentDefinition {
  const { observationSpace, actionSpace, worstReward } = definition;
  const { 'max-steps': maxEpisodeSteps = definition.maxEpisodeSteps, sticky, stack } = options;
  const size = sizeOf(observationSpace.shape);
  const channels = observationSpace.shape.at(-1)!;
  const actionSize = actionSpace.kind === 'discrete' ? 0 : sizeOf(actionSpace.shape);
  const createWorld = (): World => {
    const world = definition.createWorld();
    const played = sticky === undefined ? world : new StickyActions(world, { probability: sticky, actionSize });
    return stack === undefined ? played : new FrameStack(played, { count: stack, size, channels });
  };
  return {
    ...definition,
    id,
    description: `${definition.description} ${describe(options)}`,
    observationSpace: stack === undefined ? observationSpace : stackedSpace(observationSpace, stack),
    maxEpisodeSteps,
    worstReturn: worstReward === undefined ? definition.worstReturn : worstReward * maxEpisodeSteps,
    createWorld,
  };
}
