// Pictures of pixels, made ready for a canvas once and kept while they are likely to be shown again.
import { unzlibSync } from 'fflate';

/** As many frames as a person scrubs over at once; each is a canvas of some hundred kilobytes. */
const KEPT = 64;

const RGB = 3;
const RGBA = 4;

/**
 * RGB from compressed base64 as RGBA, opaque.
 * @throws RangeError when there are not width × height pixels
 */
export function decodePixels({ width, height, pixels }: Picture): Uint8ClampedArray<ArrayBuffer> {
  const rgb = unzlibSync(Uint8Array.from(atob(pixels), (character) => character.charCodeAt(0)));
  const count = width * height;
  if (rgb.length !== RGB * count) throw new RangeError(`${rgb.length} bytes are no ${width}×${height} pixels`);
  const rgba = new Uint8ClampedArray(RGBA * count).fill(255);
  for (let pixel = 0; pixel < count; pixel++) {
    for (let channel = 0; channel < RGB; channel++) rgba[RGBA * pixel + channel] = rgb[RGB * pixel + channel]!;
  }
  return rgba;
}

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: string;
}

/** The latest ones, oldest first. */
const kept = new Map<string, OffscreenCanvas>();

/** A canvas of its own size, to be drawn from. */
export function pictureCanvas(picture: Picture): OffscreenCanvas {
  const known = kept.get(picture.pixels);
  if (known !== undefined) return known;
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext('2d')!.putImageData(new ImageData(decodePixels(picture), picture.width), 0, 0);
  kept.set(picture.pixels, canvas);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
  return canvas;
}
