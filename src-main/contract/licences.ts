// What the application is made of: resources/licences.json.
import { z } from 'zod';

export const licencesSchema = z.strictObject({
  packages: z
    .array(
      z.strictObject({
        name: z.string(),
        version: z.string(),
        /** SPDX: "MIT"; null where the package does not say. */
        licence: z.string().nullable(),
        /** Index into `texts`; null where the package brings no text. */
        text: z.int().min(0).nullable(),
      }),
    )
    .readonly(),
  /** Each once: many packages share theirs. */
  texts: z.array(z.string()).readonly(),
});
export type Licences = z.infer<typeof licencesSchema>;
