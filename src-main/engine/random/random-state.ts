// The saved state of a `Random`, validated when it comes back from a file.
import { z } from 'zod';

export const randomStateSchema = z.strictObject({
  generator: z.array(z.int()).length(4).readonly(),
  spareNormal: z.number().nullable(),
});
