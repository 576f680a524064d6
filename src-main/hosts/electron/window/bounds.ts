// Where the window was, for the next start: a small file of the store's window folder.
import { readFile } from 'node:fs/promises';
import type { Rectangle } from 'electron';
import { z } from 'zod';
import { writeFileAtomically } from '../../../store/atomic-file.ts';

const placeSchema = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
  maximized: z.boolean(),
});
/** In device-independent pixels of the whole desktop, as it is when not maximised. */
export type WindowPlace = z.infer<typeof placeSchema>;

/** The page is laid out for this and more. */
export const SMALLEST = { width: 1024, height: 640 };
const AT_FIRST = { width: 1440, height: 900 };
/** So much of the window must lie on a screen for a person to get hold of it. */
const GRIP = 64;

/** Null where nothing can be read: at the first start, or after somebody edited the file. */
export async function readPlace(file: string): Promise<WindowPlace | null> {
  try {
    return placeSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

/** @throws the errors of `writeFileAtomically` */
export async function writePlace(file: string, place: WindowPlace): Promise<void> {
  await writeFileAtomically({ path: file, bytes: new TextEncoder().encode(`${JSON.stringify(place)}\n`) });
}

/**
 * Where to open: as it was, if a screen is still there, else in the middle (no position) in a size that fits.
 * @param screens work areas, the primary one first
 */
export function fitPlace(place: WindowPlace | null, screens: readonly Rectangle[]): Partial<Rectangle> {
  const [primary] = screens;
  const fits = (size: number, available: number | undefined): number => Math.min(size, available ?? size);
  if (place === null || !screens.some((screen) => isWithinReach(place, screen))) {
    const { width, height } = place ?? AT_FIRST;
    return { width: fits(width, primary?.width), height: fits(height, primary?.height) };
  }
  const { x, y, width, height } = place;
  return { x, y, width, height };
}

/** Whether the title bar can be reached. */
function isWithinReach(place: WindowPlace, screen: Rectangle): boolean {
  const visible = Math.min(place.x + place.width, screen.x + screen.width) - Math.max(place.x, screen.x);
  const top = place.y - screen.y;
  return visible >= GRIP && top >= 0 && top <= screen.height - GRIP;
}
