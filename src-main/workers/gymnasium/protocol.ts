// What is said to resources/gymnasium/bridge.py and what it answers.
import { z } from 'zod';

/** The numbers of the questions. */
export const QUESTION = { hello: 0, versions: 1, describe: 2, reset: 3, step: 4, replay: 5, draw: 6 } as const;

const numbers = z.array(z.number()).readonly();
const sizes = z.array(z.int().min(1)).min(1).readonly();

export const describedSchema = z.strictObject({
  observation: z.strictObject({ dtype: z.enum(['uint8', 'float32']), shape: sizes, low: numbers, high: numbers }),
  actions: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('discrete'), n: z.int().min(1) }),
    z.strictObject({ kind: z.literal('box'), shape: sizes, low: numbers, high: numbers }),
  ]),
  maxEpisodeSteps: z.int().min(1).nullable(),
  stepsPerSecond: z.number().positive().nullable(),
  drawable: z.boolean(),
  versions: z.record(z.string(), z.string().nullable()),
  python: z.string(),
});
export type Described = z.infer<typeof describedSchema>;

/** What went wrong on the other end; `where` is the function of the environment. */
export const bridgeProblemSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('no-gymnasium'), message: z.string() }),
  z.object({ kind: z.literal('unknown-environment'), message: z.string() }),
  z.object({ kind: z.literal('not-made'), message: z.string() }),
  z.object({ kind: z.literal('space'), message: z.string(), which: z.enum(['observation', 'action']) }),
  z.object({ kind: z.literal('raised'), where: z.string(), message: z.string(), traceback: z.string() }),
  z.object({
    kind: z.literal('shape'),
    where: z.string(),
    message: z.string(),
    actual: z.array(z.int()),
    expected: z.array(z.int()),
  }),
  z.object({ kind: z.literal('old-interface'), where: z.string(), message: z.string() }),
  z.object({
    kind: z.literal('not-finite'),
    where: z.string(),
    message: z.string(),
    /** Of the observation; null: it is the reward. */
    element: z.int().nullable(),
    value: z.string(),
  }),
  z.object({ kind: z.literal('other-replay'), message: z.string() }),
  z.object({ kind: z.literal('not-drawn'), message: z.string() }),
]);
export type BridgeProblem = z.infer<typeof bridgeProblemSchema>;
