// Each rule of the browser door, with what it is there to keep out.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAllowedHost } from '../../../src-main/hosts/browser/access/allowed-host.ts';
import { isSameOrigin } from '../../../src-main/hosts/browser/access/same-origin.ts';
import { Session } from '../../../src-main/hosts/browser/access/session-cookie.ts';
import { newToken, sameToken } from '../../../src-main/hosts/browser/access/token.ts';

describe('the header Host', () => {
  it.each(['127.0.0.1:4000', 'localhost:4000', '[::1]:4000'])('%s is an address of this host', (host) => {
    expect(isAllowedHost(host, 4000)).toBe(true);
  });
  it.each([
    undefined,
    '',
    '127.0.0.1',
    '127.0.0.1:4001',
    'evil.example:4000',
    'localhost.evil.example:4000',
    '127.0.0.1:4000.evil.example',
  ])('%s is not: a name that somebody made lead here', (host) => {
    expect(isAllowedHost(host, 4000)).toBe(false);
  });
});

describe('the header Origin', () => {
  it('is exactly that of the page', () => {
    expect(isSameOrigin('http://127.0.0.1:4000', '127.0.0.1:4000')).toBe(true);
  });
  it.each([
    undefined,
    'null',
    'https://127.0.0.1:4000',
    'http://127.0.0.1:4001',
    'http://localhost:4000',
    'http://127.0.0.1:4000.evil.example',
  ])('%s is another page', (origin) => {
    expect(isSameOrigin(origin, '127.0.0.1:4000')).toBe(false);
  });
});

describe('the token', () => {
  it('is at least 24 random bytes, and a new one each time', () => {
    expect(Buffer.from(newToken(), 'base64url').byteLength).toBeGreaterThanOrEqual(24);
    expect(newToken()).not.toBe(newToken());
  });
  it('is the same only when it is the same', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(sameToken(a, b)).toBe(a === b);
        expect(sameToken(a, a)).toBe(true);
      }),
    );
  });
});

describe('the cookie', () => {
  const session = new Session(4000);
  const pair = session.cookie.split(';')[0]!;
  it('is read by no script and sent by no other site', () => {
    expect(session.cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
  });
  it('lets in whoever has it, among others', () => {
    expect(session.isHeldBy(pair)).toBe(true);
    expect(session.isHeldBy(`theme=dark; ${pair}; other=1`)).toBe(true);
  });
  it.each([undefined, '', 'secateur-4000=', 'secateur-4000=guess'])('"%s" is not it', (cookies) => {
    expect(session.isHeldBy(cookies)).toBe(false);
  });
  it('is of one host: another on another port has another', () => {
    const other = new Session(4001);
    expect(other.isHeldBy(pair)).toBe(false);
    expect(session.isHeldBy(pair.replace('4000', '4001'))).toBe(false);
  });
});
