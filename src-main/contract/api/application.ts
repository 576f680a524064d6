// What the host is, what it offers, and what the person has set.
import { z } from 'zod';
import { catalogueSchema, describedEnvironmentSchema } from '../catalogue.ts';
import { backendProbeSchema } from '../job.ts';
import { licencesSchema } from '../licences.ts';
import { problemSchema } from '../secateur-error.ts';
import { settingsChangesSchema, settingsSchema } from '../settings.ts';
import { channel, nothing } from './channel.ts';

/** What a door can do beside the contract: a window has the system's dialogs, a page in a browser has not. */
export const doorSchema = z.enum(['window', 'browser']);

export const aboutSchema = z.strictObject({
  door: doorSchema,
  versions: z.strictObject({
    secateur: z.string(),
    node: z.string(),
    electron: z.string().nullable(),
    chromium: z.string().nullable(),
    sqlite: z.string(),
  }),
  /** Absolute. */
  storeFolder: z.string(),
  /** "linux x64". */
  platform: z.string(),
  /** Logical cores of the machine that computes. */
  cores: z.int().min(1),
});
export type About = z.infer<typeof aboutSchema>;

export const backendCheckSchema = z.discriminatedUnion('loads', [
  z.strictObject({ id: z.string(), loads: z.literal(true), probe: backendProbeSchema }),
  z.strictObject({ id: z.string(), loads: z.literal(false), problem: problemSchema }),
]);
export type BackendCheck = z.infer<typeof backendCheckSchema>;

export const applicationChannels = {
  'application.about': channel(nothing, aboutSchema),
  'application.catalogue': channel(nothing, catalogueSchema),
  /** One that the catalogue may not know: "gym:ALE/Pong-v5". */
  'application.environment': channel(z.strictObject({ environment: z.string().min(1) }), describedEnvironmentSchema),
  /** Of everything that is shipped. */
  'application.licences': channel(nothing, licencesSchema),
  /** Loads a backend and measures it for a second or two. */
  'application.probe-backend': channel(z.strictObject({ backend: z.string() }), backendCheckSchema),
  'settings.read': channel(nothing, settingsSchema),
  'settings.write': channel(settingsChangesSchema, settingsSchema),
  /** The system's dialog; null when the person closed it. Only in a window. */
  'system.choose-folder': channel(
    z.strictObject({ title: z.string(), startIn: z.string().nullable() }),
    z.string().nullable(),
  ),
  /** Shows a folder in the system's file manager. Only in a window. */
  'system.reveal-export': channel(z.strictObject({ exportId: z.string() }), nothing),
} as const;
