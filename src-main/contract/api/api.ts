// The contract between a page and its host: every channel by name. A channel without a handler does not compile.
import type { z } from 'zod';
import { analysisChannels } from './analyses.ts';
import { applicationChannels } from './application.ts';
import { episodeChannels } from './episodes.ts';
import { exportChannels } from './exports.ts';
import { inspectionChannels } from './inspection.ts';
import { modelChannels } from './models.ts';
import { projectChannels } from './projects.ts';
import { recipeChannels } from './recipes.ts';
import { runChannels } from './runs.ts';

export const channels = {
  ...applicationChannels,
  ...projectChannels,
  ...modelChannels,
  ...runChannels,
  ...exportChannels,
  ...recipeChannels,
  ...inspectionChannels,
  ...analysisChannels,
  ...episodeChannels,
} as const;

export type Channel = keyof typeof channels;
/** As whoever asks writes it. */
export type RequestOf<C extends Channel> = z.input<(typeof channels)[C]['request']>;
/** As the handler gets it. */
export type CheckedRequestOf<C extends Channel> = z.output<(typeof channels)[C]['request']>;
export type AnswerOf<C extends Channel> = z.output<(typeof channels)[C]['answer']>;

/** Handlers of some channels. */
export type Handlers<C extends Channel = Channel> = {
  readonly [Name in C]: (request: CheckedRequestOf<Name>) => Promise<AnswerOf<Name>> | AnswerOf<Name>;
};

export function isChannel(name: string): name is Channel {
  return Object.hasOwn(channels, name);
}
