// An episode as it is drawn: structurally the contract's `RecordedEpisode`, which charts need not know.
import { between } from './scene-motion.ts';
import type { DrawableScene, DrawableShape } from './drawable-scene.ts';

export interface DrawableEpisode {
  readonly environment: string;
  readonly seed: number;
  readonly stepsPerSecond: number;
  readonly bounds: DrawableScene['bounds'];
  readonly shapes: readonly DrawableShape[];
  readonly frames: readonly (readonly number[])[];
  readonly actions: readonly (number | readonly number[])[];
  readonly rewards: readonly number[];
  readonly outputs: readonly (readonly number[])[];
  readonly outputKind: 'action values' | 'logits' | 'means';
  readonly end: 'terminated' | 'truncated' | 'cut';
}

/** What is to be seen at a moment, in steps; between two of them everything is on its way. */
export function sceneAt({ bounds, shapes, frames }: DrawableEpisode, position: number): DrawableScene {
  const last = frames.length - 1;
  const at = Math.min(last, Math.max(0, position));
  const step = Math.floor(at);
  const shapesOf = (frame: readonly number[]): DrawableShape[] => frame.map((index) => shapes[index]!);
  const first = shapesOf(frames[step]!);
  return { bounds, shapes: step === last ? first : between(first, shapesOf(frames[step + 1]!), at - step) };
}

/** Sum of the rewards of the first so many steps. */
export function returnUntil({ rewards }: DrawableEpisode, steps: number): number {
  let sum = 0;
  for (let step = 0; step < Math.min(steps, rewards.length); step++) sum += rewards[step]!;
  return sum;
}

/** The lowest and the highest output of the whole episode: a scale that stays while it plays. */
export function outputRange({ outputs }: DrawableEpisode): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const row of outputs) {
    for (const value of row) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low <= high ? [low, high] : [0, 0];
}
