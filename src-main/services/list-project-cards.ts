// Every project with what a person looks for at a glance: how small its best model is, and what that keeps of the return.
import type { ProjectCard } from '../contract/api/projects.ts';
import { keptShare } from '../contract/kept-share.ts';
import type { MeasuredModel } from '../store/project-cards.ts';
import type { Store } from '../store/store.ts';

/** What counts as keeping the return. */
const ENOUGH = 0.95;
/** Of a sparkline; more would be less than a pixel apart. */
const MOST_POINTS = 60;

interface Measured extends MeasuredModel {
  readonly meanReturn: number;
  readonly worstReturn: number;
}

function isMeasured(model: MeasuredModel): model is Measured {
  return model.meanReturn !== null && model.worstReturn !== null;
}

/** The first of the line with the most weights. */
function denseOf(models: readonly Measured[]): Measured | null {
  const roots = models.filter(({ parentId }) => parentId === null);
  return roots.reduce<Measured | null>(
    (most, model) => (most === null || model.weights > most.weights ? model : most),
    null,
  );
}

function summarise(models: readonly MeasuredModel[]): Pick<ProjectCard, 'dense' | 'best' | 'points'> {
  const measured = models.filter(isMeasured);
  const dense = denseOf(measured);
  if (dense === null) return { dense: null, best: null, points: [] };
  const compared = measured
    .map((model) => ({
      model,
      sparsity: Math.max(0, 1 - model.nonzeroWeights / dense.weights),
      kept: keptShare({ dense: dense.meanReturn, pruned: model.meanReturn, worst: dense.worstReturn }),
    }))
    .sort((a, b) => a.sparsity - b.sparsity);
  const smallest = compared.findLast(({ model, kept }) => model.id !== dense.id && kept >= ENOUGH);
  const stride = Math.max(1, Math.ceil(compared.length / MOST_POINTS));
  return {
    dense: {
      modelId: dense.id,
      name: dense.name,
      weights: dense.weights,
      meanReturn: dense.meanReturn,
      worstReturn: dense.worstReturn,
    },
    best:
      smallest === undefined
        ? null
        : {
            modelId: smallest.model.id,
            name: smallest.model.name,
            weights: smallest.model.nonzeroWeights,
            sparsity: smallest.sparsity,
            kept: smallest.kept,
          },
    points: compared
      .filter((_, index) => index % stride === 0)
      .map(({ sparsity, model }) => ({ sparsity, meanReturn: model.meanReturn })),
  };
}

/** The last changed first. */
export function listProjectCards(store: Store): ProjectCard[] {
  const models = Map.groupBy(store.projectCards.models(), ({ projectId }) => projectId);
  const activity = new Map(store.projectCards.activity().map((row) => [row.projectId, row]));
  return store.projects
    .list()
    .map((project): ProjectCard => {
      const own = models.get(project.id) ?? [];
      const runs = activity.get(project.id);
      return {
        project,
        models: own.length,
        activeRuns: runs?.active ?? 0,
        changedAt: Math.max(project.createdAt, runs?.lastAt ?? 0, ...own.map(({ createdAt }) => createdAt)),
        ...summarise(own),
      };
    })
    .sort((a, b) => b.changedAt - a.changedAt);
}
