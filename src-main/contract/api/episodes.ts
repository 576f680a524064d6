// Episodes to be watched: of a model, or of whatever a run has just now.
import { z } from 'zod';
import { idSchema } from '../entity.ts';
import { recordedEpisodeSchema } from '../episode.ts';
import { channel } from './channel.ts';

/** Who plays. */
export const playerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('model'), id: idSchema }),
  /** The policy that a run has at this moment. */
  z.strictObject({ kind: z.literal('run'), id: idSchema }),
]);
export type Player = z.infer<typeof playerSchema>;

export const playedSchema = z.strictObject({
  /** Where a run was when it had this policy; null for a model. */
  step: z.int().min(0).nullable(),
  /** Of one seed after the other. */
  episodes: z.array(recordedEpisodeSchema).min(1).readonly(),
});
export type Played = z.infer<typeof playedSchema>;

export const episodeChannels = {
  /** The same model and seed give the same episode. Null: the run does not compute, or has no policy. */
  'episodes.play': channel(
    z.strictObject({
      player: playerSchema,
      seed: z.int().min(0),
      /** No more episodes than this; fewer when they are long. */
      episodes: z.int().min(1).max(32).default(1),
    }),
    playedSchema.nullable(),
  ),
} as const;
