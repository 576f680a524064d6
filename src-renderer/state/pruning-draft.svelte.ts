// A pruning recipe in the making, one for each model: nothing is lost by going back, away, or reloading.
import { DEFAULT_SEARCH } from '../../src-main/contract/default-search.ts';
import { DEFAULT_SEED_RANGES, type SeedRanges } from '../../src-main/contract/evaluation.ts';
import type { AnswerOf } from '../../src-main/contract/api/api.ts';
import { UNASSIGNED } from '../../src-main/contract/entity.ts';
import {
  anyPruneRecipeSchema,
  type AnyPruneRecipe,
  type AutomaticTarget,
  type DataTarget,
  type LayerChoices,
  type ManualMethod,
  type PruneRecipe,
  type SearchRecipe,
} from '../../src-main/contract/recipe.ts';
import { host } from './host.svelte.ts';
import { amountFor, applicable, hasSearch, isPattern, playsNothing } from './pruning-choices.ts';

export const wizardSteps = ['model', 'what', 'amount', 'recovery', 'review'] as const;
export type WizardStep = (typeof wizardSteps)[number];

/** What pruning is tuned and measured on. */
export type Basis = 'episodes' | 'observations';
/** A file that the host has taken, and what is in it. */
export type GivenObservations = AnswerOf<'recipes.give-observations'>;

interface Choices {
  readonly step: WizardStep;
  readonly basis: Basis;
  readonly observations: GivenObservations | null;
  readonly mode: 'automatic' | 'manual';
  readonly granularity: string;
  readonly target: AutomaticTarget;
  /** The same where nothing is played. */
  readonly dataTarget: DataTarget;
  readonly manual: Omit<ManualMethod, 'kind'>;
  readonly seeds: SeedRanges;
  readonly seed: number;
}

const FIRST: Choices = {
  step: 'model',
  basis: 'episodes',
  observations: null,
  mode: 'automatic',
  granularity: 'neuron',
  target: { kind: 'return', keep: 0.95 },
  dataTarget: { kind: 'agreement', keep: 0.95 },
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
    if (this.problem !== null) this.#choices = FIRST;
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

  /** Whether there is an environment to play in. */
  get canPlay(): boolean {
    return this.environment !== UNASSIGNED;
  }

  get basis(): Basis {
    return this.canPlay ? this.#choices.basis : 'observations';
  }

  get observations(): GivenObservations | null {
    return this.#choices.observations;
  }

  get target(): AutomaticTarget | DataTarget {
    return this.basis === 'episodes' ? this.#choices.target : this.#choices.dataTarget;
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

  /** As it would run now; null while the observations are missing. */
  get recipe(): AnyPruneRecipe | null {
    const { mode, target, dataTarget, manual, granularity, observations } = this.#choices;
    const byHand = { ...applicable(manual, granularity), kind: 'manual' } as const;
    const kind = 'automatic';
    if (this.basis === 'episodes') {
      return {
        kind: 'prune',
        ...this.#shared,
        ...this.#played,
        granularity,
        method: mode === kind ? { kind, target } : byHand,
      };
    }
    if (observations === null) return null;
    return {
      kind: 'prune',
      ...this.#shared,
      basis: 'observations',
      observations: observations.observations,
      granularity,
      method: mode === kind ? { kind, target: dataTarget } : byHand,
    };
  }

  /** A search over many ways of pruning, for the same target on the same episodes. */
  get searchRecipe(): SearchRecipe {
    return { kind: 'search', ...this.#shared, ...this.#played, target: this.#choices.target, ...DEFAULT_SEARCH };
  }

  /** What recipes of episodes say of these. */
  get #played(): Pick<PruneRecipe, 'environment' | 'seeds'> {
    return { environment: this.environment, seeds: this.#choices.seeds };
  }

  /** What all recipes say of the model. */
  get #shared(): Pick<PruneRecipe, 'version' | 'seed' | 'backend' | 'source' | 'export'> {
    return {
      version: 1,
      seed: this.#choices.seed,
      backend: host.settings.backend,
      source: { kind: 'model', id: this.modelId },
      export: null,
    };
  }

  /** The first value that cannot be, as the contract says it; null when all of them can. */
  get problem(): { readonly path: string; readonly message: string } | null {
    const { recipe } = this;
    const parsed = recipe === null ? null : anyPruneRecipeSchema.safeParse(recipe);
    if (parsed === null || parsed.success) return null;
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

  /** Without episodes, what plays them gives way to what does not. */
  chooseBasis(basis: Basis): void {
    this.choose({ basis });
    const { criterion, allocation, recovery } = this.manual;
    const { criteria = [], allocations = [], recoveries = [] } = host.catalogue ?? {};
    const isPossible = (method: Parameters<typeof playsNothing>[0] | undefined): boolean =>
      method === undefined || this.allows(method);
    if (!isPossible(allocations.find(({ id }) => id === allocation))) {
      this.chooseManual({ allocation: FIRST.manual.allocation });
    }
    if (!isPossible(recoveries.find(({ id }) => id === recovery.method))) {
      this.chooseManual({ recovery: FIRST.manual.recovery });
    }
    if (!isPossible(criteria.find(({ id }) => id === criterion))) this.chooseGranularity(this.granularity);
  }

  /** Whether a method of the catalogue is possible with what there is. */
  allows(method: Parameters<typeof playsNothing>[0]): boolean {
    return this.basis === 'episodes' || playsNothing(method);
  }

  /** A granularity or a target that the automatic search does not have gives way to one that it has. */
  chooseMode(mode: Choices['mode']): void {
    this.choose({ mode });
    if (mode === 'manual') return;
    if (isPattern(this.granularity)) this.chooseGranularity(FIRST.granularity);
    if (!hasSearch(this.granularity, this.target.kind))
      this.choose({ target: FIRST.target, dataTarget: FIRST.dataTarget });
  }

  chooseTarget(target: AutomaticTarget | DataTarget): void {
    if (target.kind === 'return') this.choose({ target });
    else if (target.kind === 'agreement') this.choose({ dataTarget: target });
    else this.choose(this.basis === 'episodes' ? { target } : { dataTarget: target });
  }

  /** What cannot go with the new granularity gives way to something that can. */
  chooseGranularity(granularity: string): void {
    const criteria = host.catalogue?.criteria ?? [];
    // One pattern of the catalogue stands for all.
    const listed = isPattern(granularity) ? '2:4' : granularity;
    const isFit = (criterion: (typeof criteria)[number]): boolean =>
      criterion.granularities.includes(listed) && this.allows(criterion);
    const chosen = criteria.find(({ id }) => id === this.manual.criterion);
    const fits = chosen === undefined || isFit(chosen);
    const instead = criteria.find(isFit);
    this.choose({ granularity });
    if (!fits && instead !== undefined) this.chooseManual({ criterion: instead.id });
    this.chooseManual({ amount: amountFor(granularity, this.manual.amount, FIRST.manual.amount) });
    if (this.mode === 'automatic') this.chooseMode('automatic');
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
