// How requests, answers and events travel between page and host, whatever carries them.
import { z } from 'zod';
import { problemSchema } from '../secateur-error.ts';
import { eventBatchSchema } from './event.ts';

/** Page → host over a socket. Inside a window the call itself says which answer is whose. */
export const requestMessageSchema = z.strictObject({
  id: z.int().min(0),
  channel: z.string().max(100),
  payload: z.unknown(),
});

export const answerSchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ ok: z.literal(false), problem: problemSchema }),
]);
export type Answer = z.infer<typeof answerSchema>;

/** Host → page over a socket. */
export const hostToPageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('answer'), id: z.int().min(0), answer: answerSchema }),
  z.strictObject({ type: z.literal('events'), events: eventBatchSchema }),
]);
export type HostToPage = z.infer<typeof hostToPageSchema>;
