// What a window's preload gives the page, under `window.secateur`: named functions, and nothing else.
import type { Answer } from './message.ts';

export interface PageBridge {
  call(channel: string, payload: unknown): Promise<Answer>;
  /** @returns ends the listening */
  onEvents(listener: (events: unknown) => void): () => void;
}
