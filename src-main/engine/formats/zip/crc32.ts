// CRC-32 (ISO 3309), as zip files store it.

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
  return remainder;
});

/** Unsigned 32-bit checksum of the bytes. */
export function crc32(bytes: Uint8Array): number {
  let checksum = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) checksum = (checksum >>> 8) ^ TABLE[(checksum ^ bytes[i]!) & 0xff]!;
  return ~checksum >>> 0;
}
