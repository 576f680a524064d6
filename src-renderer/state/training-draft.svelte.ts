// A training recipe in the making, one for each environment: nothing is lost by going away or reloading.
import type { Template } from '../../src-main/contract/catalogue.ts';
import {
  environmentIdOf,
  environmentOptionsSchema,
  type EnvironmentOptions,
} from '../../src-main/contract/environment-id.ts';
import { DEFAULT_SEED_RANGES, seedRangesSchema, type SeedRanges } from '../../src-main/contract/evaluation.ts';
import {
  gradualPruningSchema,
  PRUNING_PHASE,
  sparseTrainingSchema,
  trainRecipeSchema,
  type GradualPruning,
  type SparseTraining,
  type TrainingPruning,
  type TrainRecipe,
} from '../../src-main/contract/recipe.ts';
import { z } from 'zod';
import { isGymnasiumId } from '../../src-main/contract/gymnasium-id.ts';
import { settingsOf } from './algorithms.ts';
import { host } from './host.svelte.ts';
import { readSeeds } from './seed-list.ts';
import { enter, fieldKindOf, partsOf, typedFrom, type Entered, type FieldKind, type Typed } from './setting-fields.ts';

const choicesSchema = z.strictObject({
  /** Null: the first of the environment. */
  template: z.string().nullable(),
  /** What was typed where it differs from the template. */
  typed: z.record(z.string(), z.union([z.string(), z.boolean()])).readonly(),
  /** Environment steps; null: as the template. */
  steps: z.string().nullable(),
  seeds: z.string(),
  /** What was typed for the options of the environment. */
  wrappers: z.record(z.string(), z.string()).readonly(),
  keepLast: z.boolean(),
  log: z.boolean(),
  /** Null: as suggested. */
  logFolder: z.string().nullable(),
  pruning: z.boolean(),
  pruningKind: z.enum(['gradual', 'sparse']),
  gradual: gradualPruningSchema,
  sparse: sparseTrainingSchema,
  ranges: seedRangesSchema,
});
type Choices = z.infer<typeof choicesSchema>;

/**
 * Polynomial to 95 % of the weights, with the layers' shares by LAMP, late, and healed in the end: what loses least
 * (`npm run bench:sparse-training`).
 */
const GRADUAL: GradualPruning = {
  kind: 'gradual',
  granularity: 'weight',
  criterion: 'l1',
  sparsity: 0.95,
  allocation: 'lamp',
  schedule: 'polynomial',
  steps: 100,
  ...PRUNING_PHASE.distill,
  recovery: 'distill',
};

/** As Evci et al. 2020, rewired as rarely as reinforcement learning needs it; as many weights go. */
const SPARSE: SparseTraining = {
  kind: 'sparse',
  granularity: 'weight',
  criterion: 'random',
  sparsity: 0.95,
  allocation: 'erk',
  topology: 'rigl',
  every: 250,
  drop: 0.3,
  until: 0.75,
  recovery: 'distill',
};

const FIRST: Choices = {
  template: null,
  typed: {},
  steps: null,
  seeds: '0',
  wrappers: {},
  keepLast: false,
  log: false,
  logFolder: null,
  pruning: false,
  pruningKind: 'gradual',
  gradual: GRADUAL,
  sparse: SPARSE,
  ranges: DEFAULT_SEED_RANGES,
};

export interface SettingField {
  /** Of what is typed: "prioritizedReplay.alpha" is a part of a setting. */
  readonly name: string;
  readonly setting: string;
  /** Null for a setting as a whole. */
  readonly part: string | null;
  readonly kind: FieldKind;
  readonly typed: Typed;
  /** As the template has it. */
  readonly standard: Typed;
  readonly entered: Entered;
}

const stepsSchema = z.int().min(1).max(1_000_000_000);
const STEPS: FieldKind = { kind: 'number', integer: true, nullable: false, optional: false };

/** An absolute path, on whatever system the host has. */
const ABSOLUTE = /^(\/|[a-z]:[\\/]|\\\\)/i;

export type WrapperName = keyof EnvironmentOptions;

export interface WrapperField {
  readonly name: WrapperName;
  readonly kind: FieldKind;
  readonly typed: string;
  readonly entered: Entered;
}

const keyOf = (environment: string): string => `secateur.training.${environment}`;

/** What an older page left may be of another shape: then the draft begins anew. */
function remembered(environment: string): Choices {
  try {
    return choicesSchema.parse(JSON.parse(sessionStorage.getItem(keyOf(environment)) ?? ''));
  } catch {
    return FIRST;
  }
}

export class TrainingDraft {
  readonly environment: string;
  #choices = $state.raw<Choices>(FIRST);

  /** @param options that were asked for beside the name; without any, those that were chosen last */
  constructor(environment: string, options: EnvironmentOptions) {
    this.environment = environment;
    this.#choices = remembered(environment);
    const asked = Object.entries(options).map(([name, value]) => [name, String(value)]);
    if (asked.length > 0) this.#choose({ wrappers: Object.fromEntries(asked) as Choices['wrappers'] });
  }

  /** Of the environment, the one to offer first. */
  get templates(): readonly Template[] {
    return (host.catalogue?.templates ?? []).filter(({ environment }) => environment === this.environment);
  }

  /** Null where nothing is published for the environment, or the host has not answered yet. */
  get template(): Template | null {
    return this.templates.find(({ id }) => id === this.#choices.template) ?? this.templates[0] ?? null;
  }

  get fields(): readonly SettingField[] {
    const { template } = this;
    if (template === null) return [];
    const config: Readonly<Record<string, unknown>> = template.config;
    return Object.entries(settingsOf(template.algorithm)).flatMap(([name, schema]) => {
      const parts = partsOf(schema);
      if (parts === null) return [this.#fieldOf({ name, setting: name, part: null }, schema, config[name])];
      return this.#fieldsOf(name, schema, parts, config[name]);
    });
  }

  get steps(): Pick<SettingField, 'typed' | 'standard' | 'entered'> {
    const standard = String(this.template?.totalSteps ?? '');
    const typed = this.#choices.steps ?? standard;
    return { typed, standard, entered: enter(stepsSchema, STEPS, typed) };
  }

  get seedsTyped(): string {
    return this.#choices.seeds;
  }

  /** One run for each; null when they cannot be read. */
  get seeds(): readonly number[] | null {
    return readSeeds(this.#choices.seeds);
  }

  /** Options of the environment, for one that is built in; any other has them in its name. */
  get wrappers(): readonly WrapperField[] {
    if (isGymnasiumId(this.environment)) return [];
    return Object.entries(environmentOptionsSchema.shape).map(([name, schema]) => {
      const kind = fieldKindOf(schema);
      const typed = this.#choices.wrappers[name] ?? '';
      return { name: name as WrapperName, kind, typed, entered: enter(schema, kind, typed) };
    });
  }

  /** With its options: "CartPole-v1?stack=4"; null while one of them cannot be. */
  get environmentId(): string | null {
    const { wrappers } = this;
    const values = wrappers.map(({ name, entered }) => [name, entered.ok ? entered.value : undefined]);
    if (wrappers.some(({ entered }) => !entered.ok)) return null;
    return environmentIdOf(this.environment, Object.fromEntries(values) as EnvironmentOptions);
  }

  get keepLast(): boolean {
    return this.#choices.keepLast;
  }

  /** Whether what is measured is written as files too. */
  get logs(): boolean {
    return this.#choices.log;
  }

  /** For these files; beside the store unless something else was typed. */
  get logFolder(): string {
    const { about } = host;
    return this.#choices.logFolder ?? (about === null ? '' : `${about.storeFolder}-logs`);
  }

  /** The host has no place of its own that a path could be relative to. */
  get logFolderFits(): boolean {
    return ABSOLUTE.test(this.logFolder);
  }

  get prunes(): boolean {
    return this.#choices.pruning;
  }

  /** As it would be done; the choices of the other kind are kept. */
  get pruning(): TrainingPruning {
    return this.#choices[this.#choices.pruningKind];
  }

  get ranges(): SeedRanges {
    return this.#choices.ranges;
  }

  /** Of the first seed, as it would run now; null while something that was typed cannot be. */
  get recipe(): TrainRecipe | null {
    const { template, fields, steps, seeds, environmentId } = this;
    if (template === null || !steps.entered.ok || seeds === null || environmentId === null) return null;
    if (this.logs && !this.logFolderFits) return null;
    const config: Record<string, unknown> = {};
    for (const { setting, part, entered } of fields) {
      if (!entered.ok) return null;
      if (part !== null) config[setting] = { ...(config[setting] as object), [part]: entered.value };
      else if (entered.value !== undefined) config[setting] = entered.value;
    }
    const { algorithm } = template;
    const recipe = {
      kind: 'train',
      version: 1,
      seed: seeds[0],
      backend: host.settings.backend,
      algorithm,
      environment: environmentId,
      seeds: this.ranges,
      steps: steps.entered.value,
      [algorithm]: config,
      pruning: this.prunes ? this.pruning : null,
      ...(this.keepLast && { keepLast: true }),
      ...(this.logs && { log: this.logFolder }),
      export: null,
    };
    return trainRecipeSchema.safeParse(recipe).data ?? null;
  }

  /** Whether anything differs from the template. */
  get changed(): boolean {
    const { typed, steps } = this.#choices;
    return Object.keys(typed).length > 0 || steps !== null;
  }

  chooseTemplate(template: string): void {
    this.#choose({ template, typed: {}, steps: null });
  }

  type(name: string, typed: Typed): void {
    this.#choose({ typed: { ...this.#choices.typed, [name]: typed } });
  }

  /** Back to what the template says. */
  reset(name: string): void {
    const others = Object.entries(this.#choices.typed).filter(([other]) => other !== name);
    this.#choose({ typed: Object.fromEntries(others) });
  }

  resetAll(): void {
    this.#choose({ typed: {}, steps: null });
  }

  typeSteps(steps: string | null): void {
    this.#choose({ steps });
  }

  typeSeeds(seeds: string): void {
    this.#choose({ seeds });
  }

  typeWrapper(name: WrapperName, typed: string): void {
    this.#choose({ wrappers: { ...this.#choices.wrappers, [name]: typed } });
  }

  chooseKeepLast(keepLast: boolean): void {
    this.#choose({ keepLast });
  }

  chooseLog(log: boolean): void {
    this.#choose({ log });
  }

  typeLogFolder(logFolder: string): void {
    this.#choose({ logFolder });
  }

  choosePruning(pruning: boolean): void {
    this.#choose({ pruning });
  }

  choosePruningKind(pruningKind: TrainingPruning['kind']): void {
    this.#choose({ pruningKind });
  }

  changeSparsity(sparsity: number): void {
    const { gradual, sparse } = this.#choices;
    this.#choose({ gradual: { ...gradual, sparsity }, sparse: { ...sparse, sparsity } });
  }

  /** When to prune follows, where it is as suggested. */
  changeRecovery(recovery: NonNullable<TrainingPruning['recovery']>): void {
    const { gradual, sparse } = this.#choices;
    const suggested = PRUNING_PHASE[gradual.recovery ?? 'none'];
    const phase = gradual.from === suggested.from && gradual.to === suggested.to ? PRUNING_PHASE[recovery] : {};
    this.#choose({ gradual: { ...gradual, ...phase, recovery }, sparse: { ...sparse, recovery } });
  }

  changeGradual(changes: Partial<GradualPruning>): void {
    this.#choose({ gradual: { ...this.#choices.gradual, ...changes } });
  }

  changeSparse(changes: Partial<SparseTraining>): void {
    this.#choose({ sparse: { ...this.#choices.sparse, ...changes } });
  }

  changeRange(purpose: keyof SeedRanges, changes: Partial<SeedRanges['train']>): void {
    const { ranges } = this.#choices;
    this.#choose({ ranges: { ...ranges, [purpose]: { ...ranges[purpose], ...changes } } });
  }

  #fieldOf(
    names: Pick<SettingField, 'name' | 'setting' | 'part'>,
    schema: z.core.$ZodType,
    value: unknown,
  ): SettingField {
    const kind = fieldKindOf(schema);
    const standard = typedFrom(kind, value);
    const typed = this.#choices.typed[names.name] ?? standard;
    return { ...names, kind, standard, typed, entered: enter(schema, kind, typed) };
  }

  /** A switch, and the numbers behind it while it is on: those of the template, or as published. */
  #fieldsOf(
    setting: string,
    schema: z.core.$ZodType,
    parts: Readonly<Record<string, z.core.$ZodType>>,
    value: unknown,
  ): SettingField[] {
    const standard = value !== undefined;
    const typed = this.#choices.typed[setting] ?? standard;
    const isOn = typed === true;
    const entered: Entered = { ok: true, value: isOn ? {} : undefined };
    const whole: SettingField = {
      name: setting,
      setting,
      part: null,
      kind: { kind: 'flag', optional: true },
      standard,
      typed,
      entered,
    };
    if (!isOn) return [whole];
    const standards = z.safeParse(schema, value ?? {}).data as Readonly<Record<string, unknown>>;
    return [
      whole,
      ...Object.entries(parts).map(([part, own]) =>
        this.#fieldOf({ name: `${setting}.${part}`, setting, part }, own, standards[part]),
      ),
    ];
  }

  #choose(changes: Partial<Choices>): void {
    this.#choices = { ...this.#choices, ...changes };
    sessionStorage.setItem(keyOf(this.environment), JSON.stringify(this.#choices));
  }
}
