// A pruning recipe in the making, one for each model: nothing is lost by going back, away, or reloading.
import { DEFAULT_SEARCH } from '../../src-main/contract/default-search.ts';
import { DEFAULT_SEED_RANGES, type SeedRanges } from '../../src-main/contract/evaluation.ts';
import {
  pruneRecipeSchema,
  type AutomaticTarget,
  type LayerChoices,
  type ManualMethod,
  type PruneRecipe,
  type SearchRecipe,
} from '../../src-main/contract/recipe.ts';
import { host } from './host.svelte.ts';
import { applicable, dividesAmount } from './pruning-choices.ts';

export const wizardSteps = ['model', 'what', 'amount', 'recovery', 'review'] as const;
export type WizardStep = (typeof wizardSteps)[number];

interface Choices {
  readonly step: WizardStep;
  readonly mode: 'automatic' | 'manual';
  readonly granularity: string;
  readonly target: AutomaticTarget;
  readonly manual: Omit<ManualMethod, 'kind'>;
  readonly seeds: SeedRanges;
  readonly seed: number;
}

const FIRST: Choices = {
  step: 'model',
  mode: 'automatic',
  granularity: 'neuron',
  target: { kind: 'return', keep: 0.95 },
  manual: {
    criterion: 'l1',
    amount: { kind: 'sparsity', sparsity: 0.8 },
    allocation: 'global',
    layers: {},
    multiple: 1,
    schedule: 'one-shot',
    steps: 10,
    recovery: { method: 'distill', updates: 3000 },
    rewind: 'nothing',
  },
  seeds: DEFAULT_SEED_RANGES,
  seed: 0,
};

const keyOf = (modelId: string): string => `secateur.draft.${modelId}`;

function remembered(modelId: string): Partial<Choices> {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(modelId)) ?? '{}') as Partial<Choices>;
  } catch {
    return {};
  }
}

export class PruningDraft {
  readonly modelId: string;
  readonly environment: string;
  #choices = $state.raw<Choices>(FIRST);

  constructor(modelId: string, environment: string) {
    this.modelId = modelId;
    this.environment = environment;
    this.#choices = { ...FIRST, ...remembered(modelId) };
    // What an older page left may be of another shape: then the draft begins anew.
    if (!pruneRecipeSchema.safeParse(this.recipe).success) this.#choices = FIRST;
  }

  get step(): WizardStep {
    return this.#choices.step;
  }

  get mode(): Choices['mode'] {
    return this.#choices.mode;
  }

  get granularity(): string {
    return this.#choices.granularity;
  }

  get target(): AutomaticTarget {
    return this.#choices.target;
  }

  get manual(): Choices['manual'] {
    return this.#choices.manual;
  }

  get layers(): LayerChoices {
    return this.#choices.manual.layers;
  }

  get seeds(): SeedRanges {
    return this.#choices.seeds;
  }

  get seed(): number {
    return this.#choices.seed;
  }

  /** As it would run now. */
  get recipe(): PruneRecipe {
    const { mode, target, manual, granularity } = this.#choices;
    return {
      kind: 'prune',
      ...this.#shared,
      granularity,
      method:
        mode === 'automatic' ? { kind: 'automatic', target } : { ...applicable(manual, granularity), kind: 'manual' },
    };
  }

  /** A search over many ways of pruning, for the same target on the same episodes. */
  get searchRecipe(): SearchRecipe {
    return { kind: 'search', ...this.#shared, target: this.#choices.target, ...DEFAULT_SEARCH };
  }

  /** What both recipes say of the model and of its episodes. */
  get #shared(): Omit<PruneRecipe, 'kind' | 'granularity' | 'method'> {
    const { seeds, seed } = this.#choices;
    return {
      version: 1,
      seed,
      backend: host.settings.backend,
      source: { kind: 'model', id: this.modelId },
      environment: this.environment,
      seeds,
      export: null,
    };
  }

  /** The first value that cannot be, as the contract says it; null when all of them can. */
  get problem(): { readonly path: string; readonly message: string } | null {
    const parsed = pruneRecipeSchema.safeParse(this.recipe);
    if (parsed.success) return null;
    const issue = parsed.error.issues[0]!;
    return { path: issue.path.join('.'), message: issue.message };
  }

  choose(changes: Partial<Choices>): void {
    this.#choices = { ...this.#choices, ...changes };
    sessionStorage.setItem(keyOf(this.modelId), JSON.stringify(this.#choices));
  }

  chooseManual(changes: Partial<Choices['manual']>): void {
    this.choose({ manual: { ...this.#choices.manual, ...changes } });
  }

  /** What cannot go with the new granularity gives way to something that can. */
  chooseGranularity(granularity: string): void {
    const criteria = host.catalogue?.criteria ?? [];
    const fits = criteria.find(({ id }) => id === this.manual.criterion)?.granularities.includes(granularity) ?? true;
    const instead = criteria.find((criterion) => criterion.granularities.includes(granularity));
    this.choose({ granularity });
    if (!fits && instead !== undefined) this.chooseManual({ criterion: instead.id });
    if (dividesAmount(granularity) && this.manual.amount.kind === 'threshold') {
      this.chooseManual({ amount: FIRST.manual.amount });
    }
  }

  chooseLayer(name: string, choice: LayerChoices[string] | null): void {
    const others = Object.entries(this.layers).filter(([layer]) => layer !== name);
    this.chooseManual({ layers: Object.fromEntries(choice === null ? others : [...others, [name, choice]]) });
  }

  /** Every weight whose magnitude is at most this, as the inspector shows them; what else was chosen stays. */
  pruneUpTo(threshold: number): void {
    this.choose({ mode: 'manual', granularity: 'weight', step: 'amount' });
    this.chooseManual({ criterion: 'l1', amount: { kind: 'threshold', threshold } });
  }

  startOver(): void {
    this.choose(FIRST);
  }

  /** @returns puts everything back as it stands now */
  wayBack(): () => Promise<void> {
    const before = this.#choices;
    return () => {
      this.choose(before);
      return Promise.resolve();
    };
  }
}
