// The scores of a layer's units as the page shows them: in which order, what stays, what is dead.
import type { SaliencyBytes } from '../../../src-main/contract/api/analyses.ts';
import { floatsOfBytes } from '../../../src-main/contract/floats.ts';

export interface UnitScores {
  readonly layer: string;
  /** One per unit; −Infinity for what is pruned already. */
  readonly scores: Float32Array;
  /** Half the width of the 95 % interval of each; null where scores are computed and not estimated. */
  readonly halfWidths: Float32Array | null;
}

export function unitScores(saliency: SaliencyBytes): readonly UnitScores[] {
  return saliency.layers.map(({ layer, scores, estimate }) => ({
    layer,
    scores: floatsOfBytes(scores),
    halfWidths: estimate && floatsOfBytes(estimate.halfWidths),
  }));
}

export type UnitFate = 'kept' | 'goes' | 'pruned';

export interface RankedUnit {
  /** From 0. */
  readonly unit: number;
  readonly score: number;
  readonly halfWidth: number | null;
  readonly fate: UnitFate;
}

/** The units of a layer, the best `keep` of those that are left staying. Of equal scores the first stays. */
export function rankUnits({ scores, halfWidths }: UnitScores, keep: number): RankedUnit[] {
  const order = [...scores.keys()].toSorted((a, b) => scores[b]! - scores[a]! || a - b);
  const rank = new Map(order.map((unit, place) => [unit, place]));
  return [...scores.keys()].map((unit) => ({
    unit,
    score: scores[unit]!,
    halfWidth: halfWidths?.[unit] ?? null,
    fate: scores[unit] === -Infinity ? 'pruned' : rank.get(unit)! < keep ? 'kept' : 'goes',
  }));
}

/** Highest score first; of equal ones the first unit first. */
export const byScore = (a: RankedUnit, b: RankedUnit): number =>
  a.score === b.score ? a.unit - b.unit : b.score - a.score;

/** Units that are left. */
export const livingUnits = ({ scores }: UnitScores): number => scores.filter((score) => score !== -Infinity).length;

/** A unit is dead when it is never active: its APoZ score, the share of states in which it is active, is zero. */
export const isDead = (activeShare: number | undefined): boolean => activeShare === 0;

/** Sokar et al. 2023, definition 3.1, with the τ of their experiments. */
export const DORMANT = 0.025;

/** Which units are dormant: as loud as τ of the layer's mean, or less. @param loudness E|h| of every unit */
export function dormantUnits(loudness: Float32Array): readonly boolean[] {
  const left = loudness.filter((value) => value !== -Infinity);
  const mean = left.reduce((sum, value) => sum + value, 0) / left.length;
  return [...loudness].map((value) => value !== -Infinity && value <= DORMANT * mean);
}
