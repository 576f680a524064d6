// How parameters move along their gradients, as recipes write it.
import { z } from 'zod';

export const optimizerSchema = z.discriminatedUnion('kind', [
  /** Kingma & Ba 2015, algorithm 1. */
  z.strictObject({
    kind: z.literal('adam'),
    beta1: z.number().min(0).lt(1),
    beta2: z.number().min(0).lt(1),
    epsilon: z.number().positive(),
  }),
  /** Tieleman & Hinton 2012; centred as Graves 2013, eq. 40. */
  z.strictObject({
    kind: z.literal('rmsprop'),
    decay: z.number().min(0).lt(1),
    epsilon: z.number().positive(),
    centered: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('sgd'), momentum: z.number().min(0).lt(1) }),
]);
