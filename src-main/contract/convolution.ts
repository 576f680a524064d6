// Convolutions as a setting, of any algorithm.
import { z } from 'zod';

/** Before the dense layers, input side first, for observations [height, width, channels]. Without padding. */
export const convolutionsSchema = z
  .array(
    z.strictObject({
      filters: z.int().min(1).max(4096),
      /** Side of the square kernel, and of its steps. */
      kernelSize: z.int().min(1).max(64),
      stride: z.int().min(1).max(64),
    }),
  )
  .max(16)
  .readonly();
export type Convolutions = z.infer<typeof convolutionsSchema>;
