// Exports: where they go by default, how their files are loaded, and the files themselves for whoever is elsewhere.
import { z } from 'zod';
import { idSchema } from '../entity.ts';
import { namedFileSchema } from '../job.ts';
import { channel } from './channel.ts';

/** A program that loads an exported file, to be copied as it is. */
export const snippetSchema = z.strictObject({
  format: z.string(),
  /** "ONNX Runtime, Python" */
  title: z.string(),
  language: z.string(),
  code: z.string(),
});
export type Snippet = z.infer<typeof snippetSchema>;

export const exportChannels = {
  /** A folder that does not exist yet, under the person's own; absolute, on the machine of the host. */
  'exports.suggest-folder': channel(z.strictObject({ modelId: idSchema }), z.string()),
  /** For the files that a finished export run wrote. */
  'exports.snippets': channel(z.strictObject({ runId: idSchema }), z.array(snippetSchema).readonly()),
  /** All files of an export as one zip, each compared with its checksum first. */
  'exports.archive': channel(z.strictObject({ exportId: idSchema }), namedFileSchema),
} as const;
