// What a Python installation has for environments of Gymnasium.
import { z } from 'zod';
import { problemSchema } from './secateur-error.ts';

export const pythonVersionsSchema = z.strictObject({
  /** "3.12.1" */
  python: z.string(),
  /** Absolute path. */
  executable: z.string(),
  /** By the name that it is imported by; null where it is missing. */
  packages: z.record(z.string(), z.string().nullable()),
  /** Ids that `gymnasium.make` knows. */
  environments: z.array(z.string()).readonly(),
});
export type PythonVersions = z.infer<typeof pythonVersionsSchema>;

export const pythonCheckSchema = z.discriminatedUnion('works', [
  z.strictObject({ works: z.literal(true), versions: pythonVersionsSchema }),
  z.strictObject({ works: z.literal(false), problem: problemSchema }),
]);
export type PythonCheck = z.infer<typeof pythonCheckSchema>;
