// The mark of Secateur, for title bars and trays.
import { fileURLToPath } from 'node:url';

/** Relative to the built file, out/main/main.cjs. */
const at = (size: number): string => fileURLToPath(new URL(`../../build/icons/${size}x${size}.png`, import.meta.url));

export const WINDOW_ICON = at(256);
export const TRAY_ICON = at(32);
