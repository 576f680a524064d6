// CRC-32C (Castagnoli; RFC 3720, appendix B.4) and the masked form in which TFRecord files store it.

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0x82f63b78 : remainder >>> 1;
  return remainder;
});

/** Unsigned 32-bit checksum of the bytes. */
export function crc32c(bytes: Uint8Array): number {
  let checksum = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) checksum = (checksum >>> 8) ^ TABLE[(checksum ^ bytes[i]!) & 0xff]!;
  return ~checksum >>> 0;
}

/** Rotated by 15 bits and moved, so that a checksum of bytes with checksums in them stays a good one. */
export function maskedCrc32c(bytes: Uint8Array): number {
  const checksum = crc32c(bytes);
  return (((checksum >>> 15) | (checksum << 17)) + 0xa282ead8) >>> 0;
}
