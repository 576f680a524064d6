// What there is to choose from: the engine's registries as data, for help texts and the wizard.
import { z } from 'zod';
import { dqnConfigSchema } from './dqn.ts';
import { actionSpaceSchema, sceneSchema } from './environment.ts';
import { exportFormatSchema } from './recipe.ts';
import { a2cConfigSchema, ppoConfigSchema } from './policy-gradient.ts';

const methodSchema = z.strictObject({ id: z.string(), name: z.string(), explanation: z.string(), formula: z.string() });
export type Method = z.infer<typeof methodSchema>;

const template = {
  id: z.string(),
  environment: z.string(),
  /** Where the settings are published. */
  source: z.string(),
  /** Environment steps. */
  totalSteps: z.int(),
};

/** Settings to train with. */
export const templateSchema = z.discriminatedUnion('algorithm', [
  z.strictObject({ ...template, algorithm: z.literal('dqn'), config: dqnConfigSchema }),
  z.strictObject({ ...template, algorithm: z.literal('ppo'), config: ppoConfigSchema }),
  z.strictObject({ ...template, algorithm: z.literal('a2c'), config: a2cConfigSchema }),
]);
export type Template = z.infer<typeof templateSchema>;

const environmentEntrySchema = z.strictObject({
  id: z.string(),
  description: z.string(),
  observation: z.array(z.int()).readonly(),
  /** "2 discrete actions", "1 continuous action". */
  actions: z.string(),
  actionSpace: actionSpaceSchema,
  maxEpisodeSteps: z.int(),
  /** Null where it is measured when it is needed. */
  worstReturn: z.number().nullable(),
  /** The first moment of an episode, as its picture; null where it cannot be drawn here. */
  scene: sceneSchema.nullable(),
});

/** An environment, and settings to train in it with. */
export const describedEnvironmentSchema = z.strictObject({
  environment: environmentEntrySchema,
  templates: z.array(templateSchema).readonly(),
});
export type DescribedEnvironment = z.infer<typeof describedEnvironmentSchema>;

export const catalogueSchema = z.strictObject({
  criteria: z
    .array(
      z.strictObject({
        ...methodSchema.shape,
        /** Granularities whose elements it can rank. */
        granularities: z.array(z.string()).readonly(),
        /** What it looks at beside the weights; anything but `nothing` plays the policy first, `movement` trains it. */
        needs: z.enum([
          'nothing',
          'activations',
          'decisions',
          'gradients',
          'agreement',
          'return',
          'bypass',
          'movement',
        ]),
        /** Kinds of pruning while an agent learns in which it can choose. */
        inTraining: z.array(z.enum(['gradual', 'sparse'])).readonly(),
      }),
    )
    .readonly(),
  /** What the automatic search can go for: the kinds of `automaticTargetSchema`. */
  targets: z.array(methodSchema).readonly(),
  granularities: z.array(z.strictObject({ id: z.string(), name: z.string(), explanation: z.string() })).readonly(),
  allocations: z
    .array(
      z.strictObject({
        ...methodSchema.shape,
        /** What it looks at beside scores; `sensitivity` plays the policy first. */
        needs: z.enum(['nothing', 'magnitudes', 'sensitivity']),
      }),
    )
    .readonly(),
  schedules: z
    .array(
      z.strictObject({
        ...methodSchema.shape,
        /** What it does with ten steps to 90 %, to be drawn: sparsity from this share of the run on. */
        example: z.array(z.strictObject({ at: z.number(), sparsity: z.number() })).readonly(),
      }),
    )
    .readonly(),
  /** What becomes of the weights of a network that is sparse from the beginning: `topology` of `sparseTrainingSchema`. */
  topologies: z
    .array(
      z.strictObject({
        ...methodSchema.shape,
        /** Whether weights come and go; else the settings of rewiring do nothing. */
        rewires: z.boolean(),
      }),
    )
    .readonly(),
  recoveries: z
    .array(
      z.strictObject({
        ...methodSchema.shape,
        /** It heals by what it is paid for: nothing for observations alone. */
        needsReturns: z.boolean(),
      }),
    )
    .readonly(),
  environments: z.array(environmentEntrySchema).readonly(),
  /** The first of an environment is its default, as is the first of an environment and an algorithm. */
  templates: z.array(templateSchema).readonly(),
  exportFormats: z
    .array(z.strictObject({ id: exportFormatSchema, label: z.string(), description: z.string() }))
    .readonly(),
  backends: z.array(z.strictObject({ id: z.string(), description: z.string() })).readonly(),
});
export type Catalogue = z.infer<typeof catalogueSchema>;
