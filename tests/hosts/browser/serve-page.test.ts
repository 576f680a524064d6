// The browser door as a browser, and others, find it.
import { request, type IncomingHttpHeaders } from 'node:http';
import { decode, encode } from '@msgpack/msgpack';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { hostToPageSchema, type HostToPage } from '../../../src-main/contract/api/message.ts';
import { PortInUseError, servePage, type ServedPage } from '../../../src-main/hosts/browser/serve-page.ts';
import { openSampleApplication } from '../../services/sample-application.ts';

const page = new TextEncoder().encode('<!doctype html>');

async function serve(port = 0): Promise<ServedPage> {
  const { application } = await openSampleApplication();
  const index = { type: 'text/html; charset=utf-8', bytes: page };
  const files = new Map([
    ['/', index],
    ['/index.html', index],
    ['/assets/page-1a2b.js', { type: 'text/javascript; charset=utf-8', bytes: page }],
  ]);
  const served = await servePage({ application, files, port });
  onTestFinished(() => served.close());
  return served;
}

interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

function ask(
  { port }: ServedPage,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, ...options }, (response) => {
      response.resume();
      resolve({ status: response.statusCode!, headers: response.headers });
    });
    asked.on('error', reject);
    asked.end(options.body);
  });
}

const originOf = ({ port }: ServedPage): string => `http://127.0.0.1:${port}`;
const tokenOf = ({ url }: ServedPage): string => /#token=(.+)$/.exec(url)![1]!;

async function cookieOf(served: ServedPage): Promise<string> {
  const headers = { origin: originOf(served) };
  const { status, headers: answered } = await ask(served, '/session', {
    method: 'POST',
    headers,
    body: tokenOf(served),
  });
  expect(status).toBe(204);
  return answered['set-cookie']![0]!.split(';')[0]!;
}

/** Rejected with the status when it is not let in. */
function connect(served: ServedPage, headers: Record<string, string>, path = '/contract'): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${served.port}${path}`, { headers });
  onTestFinished(() => {
    socket.terminate();
  });
  return new Promise((resolve, reject) => {
    socket.on('open', () => {
      resolve(socket);
    });
    socket.on('unexpected-response', (_, response) => {
      reject(new Error(String(response.statusCode)));
    });
    socket.on('error', reject);
  });
}

function nextMessage(socket: WebSocket, fits: (message: HostToPage) => boolean): Promise<HostToPage> {
  return new Promise((resolve) => {
    socket.on('message', (data) => {
      const message = hostToPageSchema.parse(decode(data as Buffer));
      if (fits(message)) resolve(message);
    });
  });
}

describe('the page', () => {
  it('is served with its policy, and nothing else is', async () => {
    const served = await serve();
    const { status, headers } = await ask(served, '/');
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect((await ask(served, '/assets/page-1a2b.js')).headers['cache-control']).toContain('immutable');
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/etc/passwd', '/assets/', '/contract']) {
      expect((await ask(served, path)).status, path).toBe(404);
    }
    expect((await ask(served, '/', { method: 'DELETE' })).status).toBe(404);
  });

  it('is not served under a name that somebody made lead here', async () => {
    const served = await serve();
    expect((await ask(served, '/', { headers: { host: `evil.example:${served.port}` } })).status).toBe(421);
  });
});

describe('the token', () => {
  it('is exchanged for a cookie by the page alone', async () => {
    const served = await serve();
    const post = (headers: Record<string, string>, body: string): Promise<Answered> =>
      ask(served, '/session', { method: 'POST', headers, body });
    expect((await post({}, tokenOf(served))).status).toBe(403);
    expect((await post({ origin: 'http://evil.example' }, tokenOf(served))).status).toBe(403);
    const wrong = await post({ origin: originOf(served) }, 'guess');
    expect(wrong).toMatchObject({ status: 401 });
    expect(wrong.headers['set-cookie']).toBeUndefined();
    expect((await post({ origin: originOf(served) }, 'x'.repeat(100_000))).status).toBe(401);
    expect(await cookieOf(served)).toContain('=');
  });
});

describe('the socket', () => {
  it('lets in whoever has the cookie, from our page only', async () => {
    const served = await serve();
    const cookie = await cookieOf(served);
    const origin = originOf(served);
    await expect(connect(served, { origin })).rejects.toThrow('401');
    await expect(connect(served, { origin, cookie: 'secateur=guess' })).rejects.toThrow('401');
    await expect(connect(served, { cookie })).rejects.toThrow('403');
    await expect(connect(served, { origin: 'http://evil.example', cookie })).rejects.toThrow('403');
    await expect(connect(served, { origin, cookie, host: `evil.example:${served.port}` })).rejects.toThrow('403');
    await expect(connect(served, { origin, cookie }, '/elsewhere')).rejects.toThrow('403');
    await connect(served, { origin, cookie });
  });

  it('answers what is asked and tells what happens', async () => {
    const served = await serve();
    const socket = await connect(served, { origin: originOf(served), cookie: await cookieOf(served) });
    const answered = nextMessage(socket, (message) => message.type === 'answer');
    const told = nextMessage(socket, (message) => message.type === 'events');
    socket.send(encode({ id: 7, channel: 'settings.write', payload: { theme: 'dark' } }));
    expect(await answered).toMatchObject({ id: 7, answer: { ok: true, value: { theme: 'dark' } } });
    expect(await told).toMatchObject({ events: [{ type: 'settings' }] });
  });

  it.each([
    ['not MessagePack', Uint8Array.of(0xc1)],
    ['not a request', encode({ hello: 1 })],
  ])('ends for a page that sends what is %s', async (_, bytes) => {
    const served = await serve();
    const socket = await connect(served, { origin: originOf(served), cookie: await cookieOf(served) });
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.send(bytes);
    expect(await closed).toBe(1003);
  });
});

it('a port that is taken is said', async () => {
  const { port } = await serve();
  await expect(serve(port)).rejects.toThrow(PortInUseError);
});
