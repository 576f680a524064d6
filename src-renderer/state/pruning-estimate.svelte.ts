// What a recipe by hand would leave of a network, estimated on a grid of sparsities once and read off while a slider moves.
import type { Catalogue } from '../../src-main/contract/catalogue.ts';
import type { EstimateReport, PruningEstimate } from '../../src-main/contract/estimate.ts';
import type { Problem } from '../../src-main/contract/secateur-error.ts';
import { call } from '../bridge/bridge.ts';
import { problemOf } from '../bridge/problem-error.ts';
import { host } from './host.svelte.ts';
import { applicable, removesLayers } from './pruning-choices.ts';
import type { PruningDraft } from './pruning-draft.svelte.ts';

const SETTLE_MS = 120;

/** Between two points of the grid everything is taken to change evenly. Null without a grid. */
export function interpolate(points: readonly PruningEstimate[], sparsity: number): PruningEstimate | null {
  const after = points.findIndex((point) => point.sparsity >= sparsity);
  if (after < 0) return points.at(-1) ?? null;
  const [low, high] = [points[Math.max(0, after - 1)]!, points[after]!];
  const share = high.sparsity === low.sparsity ? 1 : (sparsity - low.sparsity) / (high.sparsity - low.sparsity);
  const mix = (a: number, b: number): number => a + share * (b - a);
  const whole = (a: number, b: number): number => Math.round(mix(a, b));
  return {
    sparsity,
    estimatedWeights: whole(low.estimatedWeights, high.estimatedWeights),
    estimatedUnits: whole(low.estimatedUnits, high.estimatedUnits),
    estimatedMacs: whole(low.estimatedMacs, high.estimatedMacs),
    estimatedBytes: whole(low.estimatedBytes, high.estimatedBytes),
    estimatedMicroseconds: mix(low.estimatedMicroseconds, high.estimatedMicroseconds),
    layers: high.layers.map(({ layer, estimatedWeights, estimatedUnits }, index) => ({
      layer,
      estimatedWeights: whole(low.layers[index]!.estimatedWeights, estimatedWeights),
      estimatedUnits: whole(low.layers[index]!.estimatedUnits, estimatedUnits),
    })),
  };
}

/** Whole layers go one after the other: what the last step that is reached has left. Null without steps. */
export function stepAt(points: readonly PruningEstimate[], sparsity: number): PruningEstimate | null {
  // 0.29 · 100 is just below 29.
  return points.findLast((point) => point.sparsity <= sparsity + 1e-9) ?? null;
}

/** The criterion itself where it needs nothing but weights, else one that does: sizes depend little on the ranking. */
function rankingFor(criterion: string, granularity: string, criteria: Catalogue['criteria']): string {
  // Of whole layers the largest go first: nothing is ranked.
  if (removesLayers(granularity)) return criterion;
  const plain = criteria.filter(({ needs }) => needs === 'nothing');
  const fitting = plain.filter(({ granularities }) => granularities.includes(granularity) || granularity.includes(':'));
  return (fitting.find(({ id }) => id === criterion) ?? fitting[0] ?? plain[0])?.id ?? criterion;
}

/** 0 of a layer that is gone. */
const weightsIn = ({ layers }: PruningEstimate, name: string): number =>
  layers.find(({ layer }) => layer === name)?.estimatedWeights ?? 0;

/** Of a layer with as many weights; more than 1 where it has taken in another. */
const shareLeft = (estimate: PruningEstimate, name: string, weights: number): number =>
  weights === 0 ? 0 : weightsIn(estimate, name) / weights;

export interface EstimatedLayer {
  readonly name: string;
  /** Of the model as it is. */
  readonly weights: number;
  /** Share of them that is left at the chosen amount; more than 1 where it takes in a layer that goes. */
  readonly leftShare: number;
  /** Why it can lose nothing at the chosen granularity; null when it can. */
  readonly stays: string | null;
}

export class EstimateFollower {
  #report = $state.raw<EstimateReport | null>(null);
  #problem = $state.raw<Problem | null>(null);
  readonly #draft: () => PruningDraft;

  /** For the life of a component: make it while one is being made. */
  constructor(draft: () => PruningDraft) {
    this.#draft = draft;
    const question = $derived.by(() => {
      const { granularity, manual } = draft();
      const criterion = rankingFor(manual.criterion, granularity, host.catalogue?.criteria ?? []);
      const { allocation, layers, multiple } = applicable(manual, granularity);
      return { granularity, criterion, allocation, layers, multiple, seed: 0, backend: 'auto' };
    });
    $effect(() => {
      const asked = { modelId: draft().modelId, question };
      if (host.catalogue === null) return;
      let current = true;
      const timer = setTimeout(() => {
        void call('recipes.estimate', asked).then(
          (report) => {
            if (!current) return;
            this.#report = report;
            this.#problem = null;
          },
          (error: unknown) => {
            if (!current) return;
            this.#report = null;
            this.#problem = problemOf(error);
          },
        );
      }, SETTLE_MS);
      return () => {
        current = false;
        clearTimeout(timer);
      };
    });
  }

  get waiting(): boolean {
    return this.#report === null && this.#problem === null;
  }

  /** Why there is no estimate, or none at the chosen amount. */
  get problem(): { readonly message: string } | null {
    const { amount } = this.#draft().manual;
    if (this.#problem !== null || amount.kind !== 'sparsity') return this.#problem;
    return this.#report?.impossible.find(({ sparsity }) => sparsity >= amount.sparsity) ?? null;
  }

  /** At the amount that is chosen; null while there is none, and for a threshold. */
  get now(): PruningEstimate | null {
    const { amount } = this.#draft().manual;
    if (this.#report === null || amount.kind !== 'sparsity') return null;
    const read = removesLayers(this.#report.granularity) ? stepAt : interpolate;
    return read(this.#report.estimates, amount.sparsity);
  }

  get denseMicroseconds(): number {
    return this.#report?.dense.estimatedMicroseconds ?? 0;
  }

  get layers(): readonly EstimatedLayer[] {
    const now = this.now;
    return (this.#report?.dense.layers ?? []).map(({ layer, estimatedWeights: weights }) => ({
      name: layer,
      weights,
      leftShare: now === null ? 1 : shareLeft(now, layer, weights),
      stays: this.#report?.skipped.find((skipped) => skipped.layer === layer)?.reason ?? null,
    }));
  }

  /** Of one layer over the grid. */
  densities(name: string): readonly { sparsity: number; density: number }[] {
    if (this.#report === null) return [];
    const whole = weightsIn(this.#report.dense, name);
    if (whole === 0) return [];
    return this.#report.estimates.map((estimate) => ({
      sparsity: estimate.sparsity,
      density: shareLeft(estimate, name, whole),
    }));
  }
}
