// What a run is, out of its recipe, and how it stands: as facts that a page puts into words.
import type { RunItem } from '../../src-main/contract/api/runs.ts';
import type { Run, RunKind } from '../../src-main/contract/entity.ts';
import { recipeSchema, type AutomaticTarget, type DataTarget, type Recipe } from '../../src-main/contract/recipe.ts';
import { seedGroupOf } from '../../src-main/contract/seed-group.ts';

export type RunFacts =
  | {
      readonly kind: 'train';
      readonly algorithm: string;
      readonly environment: string;
      readonly steps: number;
      readonly sparsity: number | null;
    }
  | { readonly kind: 'prune-to'; readonly granularity: string; readonly target: AutomaticTarget | DataTarget }
  | {
      readonly kind: 'prune-share';
      readonly granularity: string;
      readonly criterion: string;
      readonly sparsity: number;
    }
  | {
      readonly kind: 'prune-below';
      readonly granularity: string;
      readonly criterion: string;
      readonly threshold: number;
    }
  | { readonly kind: 'search'; readonly target: AutomaticTarget }
  | { readonly kind: 'evaluate'; readonly purpose: 'validation' | 'test' }
  | { readonly kind: 'export'; readonly formats: readonly string[] }
  /** Of a recipe that this version cannot read. */
  | { readonly kind: 'other'; readonly run: RunKind };

function factsOf(recipe: Recipe): RunFacts {
  switch (recipe.kind) {
    case 'train': {
      const { algorithm, environment, steps, pruning } = recipe;
      return { kind: 'train', algorithm, environment, steps, sparsity: pruning?.sparsity ?? null };
    }
    case 'prune': {
      const { granularity, method } = recipe;
      if (method.kind === 'automatic') return { kind: 'prune-to', granularity, target: method.target };
      const { amount, criterion } = method;
      return amount.kind === 'sparsity'
        ? { kind: 'prune-share', granularity, criterion, sparsity: amount.sparsity }
        : { kind: 'prune-below', granularity, criterion, threshold: amount.threshold };
    }
    case 'search':
      return { kind: 'search', target: recipe.target };
    case 'evaluate':
      return { kind: 'evaluate', purpose: recipe.purpose };
    case 'export':
      return { kind: 'export', formats: recipe.export.formats };
  }
}

interface Read {
  readonly facts: RunFacts;
  /** The model that it is about; null for training, and for a file that the command line was given. */
  readonly sourceId: string | null;
  /** The same for training runs of one recipe with different seeds; null for any other run. */
  readonly seedGroup: string | null;
}

/** A run's recipe never changes: it is read once. */
const known = new Map<string, Read>();

export function readRun({ id, recipe, kind }: Run): Read {
  const remembered = known.get(id);
  if (remembered !== undefined) return remembered;
  const parsed = recipeSchema.safeParse(recipe).data;
  const source = parsed === undefined || parsed.kind === 'train' ? null : parsed.source;
  const read: Read = {
    facts: parsed === undefined ? { kind: 'other', run: kind } : factsOf(parsed),
    sourceId: source?.kind === 'model' ? source.id : null,
    seedGroup: parsed?.kind === 'train' ? seedGroupOf(parsed) : null,
  };
  known.set(id, read);
  return read;
}

export const runStandings = [
  'waiting',
  'going',
  'pausing',
  'paused',
  'stopping',
  'cancelling',
  /** Computing in another process on the same store. */
  'elsewhere',
  'finished',
  'failed',
  'cancelled',
  'interrupted',
] as const;
export type RunStanding = (typeof runStandings)[number];

export function standingOf({ run, activity }: RunItem): RunStanding {
  if (run.status !== 'queued' && run.status !== 'running') return run.status;
  return activity ?? 'elsewhere';
}
