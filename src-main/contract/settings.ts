// What a person sets once: kept in the store, the same in every window on it.
import { z } from 'zod';

export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(['system', 'en', 'zh']),
  /** Colours of categories in charts. Okabe & Ito 2008 and Tol's "bright" are told apart with every kind of colour vision. */
  palette: z.enum(['okabe-ito', 'tol-bright', 'greys']),
  /** Colours of magnitudes. */
  scale: z.enum(['viridis', 'cividis']),
  /** For new recipes: a backend's name, or "auto". */
  backend: z.string().min(1),
  /** Runs that compute at the same time; the others wait. */
  concurrentRuns: z.int().min(1).max(64),
  /** Has gymnasium, for environments whose names begin with "gym:"; null: python3 of the search path. */
  python: z.string().trim().min(1).nullable(),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Fields that are left out stay as they are. */
export const settingsChangesSchema = settingsSchema.partial();
export type SettingsChanges = z.infer<typeof settingsChangesSchema>;

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  language: 'system',
  palette: 'okabe-ito',
  scale: 'viridis',
  backend: 'auto',
  concurrentRuns: 2,
  python: null,
};
