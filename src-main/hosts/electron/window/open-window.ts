// The application's window, where it was last, shown once there is something to see.
import { BrowserWindow, nativeTheme, screen, type BrowserWindowConstructorOptions } from 'electron';
import { PAGE_PREFERENCES } from '../security/page-preferences.ts';
import { SMALLEST, fitPlace, readPlace, writePlace, type WindowPlace } from './bounds.ts';
import { backgroundOf } from './colours.ts';

export interface OpenWindow {
  /** Where its place is remembered. */
  readonly placeFile: string;
  readonly icon: string;
  /** What differs between a window of our own host and one of another. */
  readonly preferences: Pick<NonNullable<BrowserWindowConstructorOptions['webPreferences']>, 'preload' | 'partition'>;
}

/** The window is empty as yet: the caller guards it and loads the page. */
export async function openWindow({ placeFile, icon, preferences }: OpenWindow): Promise<BrowserWindow> {
  const place = await readPlace(placeFile);
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  const window = new BrowserWindow({
    ...fitPlace(
      place,
      [primary, ...others].map(({ workArea }) => workArea),
    ),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: 'Secateur',
    icon,
    show: false,
    backgroundColor: backgroundOf(nativeTheme),
    webPreferences: { ...PAGE_PREFERENCES, ...preferences },
  });
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(backgroundOf(nativeTheme));
  });
  window.once('ready-to-show', () => {
    if (place?.maximized === true) window.maximize();
    window.show();
  });
  return window;
}

export function placeOf(window: BrowserWindow): WindowPlace {
  return { ...window.getNormalBounds(), maximized: window.isMaximized() };
}

/** Remembers its place a moment after each change. @returns writes what is not yet written */
export function rememberPlace(window: BrowserWindow, placeFile: string): () => Promise<void> {
  let timer: NodeJS.Timeout | null = null;
  let written: Promise<void> = Promise.resolve();
  let place: WindowPlace | null = null;
  const write = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const next = place;
    place = null;
    // A place that cannot be written is no reason to bother anybody.
    if (next !== null) written = written.then(() => writePlace(placeFile, next)).catch(() => undefined);
    return written;
  };
  const note = (): void => {
    if (window.isMinimized()) return;
    place = placeOf(window);
    timer ??= setTimeout(() => void write(), 500);
  };
  window.on('resize', note);
  window.on('move', note);
  window.on('maximize', note);
  window.on('unmaximize', note);
  window.on('close', note);
  return write;
}
