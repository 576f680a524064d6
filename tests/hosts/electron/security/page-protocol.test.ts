// app://secateur/ is a fixed map of files: in the protocol of today's Electron and in that of older ones.
import type { Protocol } from 'electron';
import { describe, expect, it } from 'vitest';
import { CONTENT_SECURITY_POLICY } from '../../../../src-main/hosts/content-security-policy.ts';
import {
  answerPageRequest,
  PAGE_SCHEME_REGISTRATION,
  servePageInWindow,
} from '../../../../src-main/hosts/electron/security/page-protocol.ts';

const index = { type: 'text/html; charset=utf-8', bytes: new TextEncoder().encode('<title>Secateur</title>') };
const files = new Map([
  ['/', index],
  ['/index.html', index],
  ['/assets/a.js', { type: 'text/javascript; charset=utf-8', bytes: new TextEncoder().encode('1') }],
]);

const get = (url: string) => answerPageRequest(files, { method: 'GET', url });

describe('a request', () => {
  it('for a file of the page is answered with it, under the policy', () => {
    const { status, headers, bytes } = get('app://secateur/assets/a.js?v=1#x');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'Content-Type': 'text/javascript; charset=utf-8',
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
    });
    expect(new TextDecoder().decode(bytes)).toBe('1');
  });

  it.each([
    'app://secateur/package.json',
    'app://secateur/../package.json',
    'app://secateur/%2e%2e/package.json',
    'app://secateur/..%2fpackage.json',
    'app://secateur/assets/',
    'app://secateur//index.html',
    'app://secateur/__proto__',
    'app://other/index.html',
    'app:///etc/passwd',
  ])('for %s finds nothing, under the policy', (url) => {
    const { status, headers } = get(url);
    expect(status).toBe(404);
    expect(headers['Content-Security-Policy']).toBe(CONTENT_SECURITY_POLICY);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('that would %s finds nothing', (method) => {
    expect(answerPageRequest(files, { method, url: 'app://secateur/' }).status).toBe(404);
  });
});

it('the scheme has an origin, and no way around the policy', () => {
  const { privileges } = PAGE_SCHEME_REGISTRATION;
  expect(privileges).toMatchObject({ standard: true, secure: true });
  expect(privileges?.bypassCSP).toBeUndefined();
  expect(privileges?.allowServiceWorkers).toBeUndefined();
});

it('answers as a response where Electron handles protocols so', async () => {
  let handle: (request: Request) => Response = () => Response.error();
  const protocol = {
    handle: (scheme: string, handler: typeof handle) => {
      expect(scheme).toBe('app');
      handle = handler;
    },
  };
  servePageInWindow(protocol as unknown as Protocol, files);
  const response = handle({ method: 'GET', url: 'app://secateur/' } as Request);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
  expect(await response.text()).toBe('<title>Secateur</title>');
});

it('answers as a buffer where it does not', () => {
  interface Given {
    readonly statusCode: number;
    readonly headers: Record<string, string>;
    readonly data: Buffer;
  }
  let handle: (request: object, answer: (response: Given) => void) => void = () => undefined;
  const protocol = {
    registerBufferProtocol: (scheme: string, handler: typeof handle) => {
      expect(scheme).toBe('app');
      handle = handler;
    },
  };
  servePageInWindow(protocol as unknown as Protocol, files);
  let given: Given | null = null;
  handle({ method: 'GET', url: 'app://secateur/' }, (response) => (given = response));
  expect(given).toMatchObject({
    statusCode: 200,
    headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY },
    data: Buffer.from('<title>Secateur</title>'),
  });
});
