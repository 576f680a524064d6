// UTF-8 both ways, refusing what is not UTF-8 instead of replacing it.
import { strFromU8, strToU8 } from 'fflate';

export const encodeUtf8 = (text: string): Uint8Array => strToU8(text);

/** The text, or null when the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  const text = strFromU8(bytes);
  if (!text.includes('\ufffd') && bytes[0] !== 0xef) return text;
  // A replacement character (or a byte order mark, which decoders drop) may be meant: then encoding gives the bytes back.
  const again = strToU8(text);
  return again.length === bytes.length && again.every((byte, i) => byte === bytes[i]) ? text : null;
}
