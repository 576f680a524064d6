// Against other people on this machine: only whoever was shown the address has the token in it.
import { randomBytes, timingSafeEqual } from 'node:crypto';

/** 32 random bytes in letters that a URL's fragment takes. A fragment never leaves the browser. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** In a time that says nothing about where they differ. */
export function sameToken(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
