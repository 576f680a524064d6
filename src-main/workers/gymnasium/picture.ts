// What a world of Python looks like: a picture of pixels, a unit each.
import type { Scene } from '../../contract/environment.ts';

const HEADER_BYTES = 8;

/** @param drawn width, height and compressed pixels, as `Bridge.draw` answers */
export function pictureScene(drawn: Buffer): Scene {
  const [width, height] = [drawn.readUInt32LE(0), drawn.readUInt32LE(4)];
  const pixels = drawn.toString('base64', HEADER_BYTES);
  return {
    bounds: { left: 0, right: width, bottom: 0, top: height },
    shapes: [{ kind: 'picture', width, height, pixels }],
  };
}
