// Spaces and scenes: what an environment shows of itself across a process boundary.
import { z } from 'zod';

export const boxSpaceSchema = z.strictObject({
  kind: z.literal('box'),
  shape: z.array(z.int().min(1)).min(1).readonly(),
  /** Bounds per element, ±Infinity written as ±1.7976931348623157e308 in JSON. */
  low: z.array(z.number()).readonly(),
  high: z.array(z.number()).readonly(),
});
export const discreteSpaceSchema = z.strictObject({ kind: z.literal('discrete'), n: z.int().min(1) });
export const actionSpaceSchema = z.discriminatedUnion('kind', [boxSpaceSchema, discreteSpaceSchema]);
export type BoxSpace = z.infer<typeof boxSpaceSchema>;
export type ActionSpace = z.infer<typeof actionSpaceSchema>;

/** What to draw, in the environment's own units: y up, later shapes on top, roles rather than colours. */
const roleSchema = z.enum(['ground', 'body', 'joint', 'accent', 'goal', 'guide']);
export type SceneRole = z.infer<typeof roleSchema>;
export const shapeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('line'),
    points: z.array(z.tuple([z.number(), z.number()])).readonly(),
    width: z.number(),
    role: roleSchema,
  }),
  z.strictObject({
    kind: z.literal('polygon'),
    points: z.array(z.tuple([z.number(), z.number()])).readonly(),
    role: roleSchema,
  }),
  z.strictObject({
    kind: z.literal('circle'),
    center: z.tuple([z.number(), z.number()]),
    radius: z.number(),
    role: roleSchema,
  }),
  /** From (0, 0), its lower left, to (width, height); for worlds that draw themselves. */
  z.strictObject({
    kind: z.literal('picture'),
    width: z.int().min(1),
    height: z.int().min(1),
    /** RGB, a byte each, rows from the top; compressed by zlib, as base64. */
    pixels: z.string(),
  }),
]);
export type SceneShape = z.infer<typeof shapeSchema>;

/** One frame as data; a renderer fits `bounds` into its canvas and keeps the aspect ratio. */
export const sceneSchema = z.strictObject({
  bounds: z.strictObject({ left: z.number(), right: z.number(), bottom: z.number(), top: z.number() }),
  shapes: z.array(shapeSchema).readonly(),
});
export type Scene = z.infer<typeof sceneSchema>;
