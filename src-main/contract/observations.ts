// What is in a file of observations, for whoever chooses one.
import { z } from 'zod';

export const describedObservationsSchema = z.strictObject({
  rows: z.int(),
  /** Of one observation. */
  shape: z.array(z.int()).readonly(),
  /** As the numbers are written: "float32", "float64", "uint8", or "text" of a table. */
  type: z.string(),
  /** Rows that learning, choosing and reporting get. */
  train: z.int(),
  validation: z.int(),
  test: z.int(),
});
