// What the process needs to know of its window, whichever host is behind it.
import type { BrowserWindow } from 'electron';
import type { Texts } from './texts/texts.ts';

export interface OpenedWindow {
  readonly window: BrowserWindow;
  readonly texts: () => Texts;
  /** @throws HostUnreachableError */
  load(): Promise<void>;
  /** Brings it to the front. @param connect the address of a second start with `--connect` */
  show(connect: string | null): void;
  /** After the window is gone: ends what computes and closes what is open. */
  close(): Promise<void>;
}
