// How a page in a window reaches its host: what the preload puts at `window.secateur`, and the names of the two lines.
// A page in a browser has none of it and uses a socket.
import type { ApplicationEvent } from './event.ts';
import type { Answer } from './message.ts';

export interface PageBridge {
  /** Never rejects for what was asked: what went wrong is the answer. */
  call(channel: string, payload: unknown): Promise<Answer>;
  /** @returns ends the listening */
  onEvents(listener: (events: readonly ApplicationEvent[]) => void): () => void;
}

/** The page's `window`. */
export interface PageWindow {
  readonly secateur?: PageBridge;
}

/** Page → host, answered. */
export const CALL_LINE = 'secateur:call';
/** Host → page. */
export const EVENT_LINE = 'secateur:events';
