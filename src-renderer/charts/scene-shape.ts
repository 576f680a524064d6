import type { DrawableScene } from './drawable-scene.ts';

/** Width over height of a scene. */
export const shapeOf = ({ left, right, top, bottom }: DrawableScene['bounds']): number =>
  (right - left) / (top - bottom);
