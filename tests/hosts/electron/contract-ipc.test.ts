// The two lines between page and host: who may ask, what is a question, and that nothing but answers comes back.
import type { IpcMain, WebContents } from 'electron';
import { expect, it } from 'vitest';
import type { ApplicationEvent } from '../../../src-main/contract/api/event.ts';
import type { Answer } from '../../../src-main/contract/api/message.ts';
import { CALL_LINE, EVENT_LINE } from '../../../src-main/contract/api/page-bridge.ts';
import { connectWindow } from '../../../src-main/hosts/electron/contract-ipc.ts';

const page = new URL('app://secateur/');
const event: ApplicationEvent = { type: 'command', command: 'palette' };

function connected() {
  const sent: unknown[] = [];
  const asked: unknown[] = [];
  let crashed = false;
  const contents = {
    isDestroyed: () => false,
    isCrashed: () => crashed,
    send: (...message: unknown[]) => sent.push(message),
  } as unknown as WebContents;
  const handlers = new Map<string, (event: unknown, ...args: unknown[]) => Promise<Answer>>();
  const ipc = {
    handle: (line: string, handler: never) => handlers.set(line, handler),
    removeHandler: (line: string) => handlers.delete(line),
  } as unknown as IpcMain;
  const listeners = new Set<(events: readonly ApplicationEvent[]) => void>();
  const application = {
    call: (name: string, payload: unknown): Promise<Answer> => {
      asked.push([name, payload]);
      return Promise.resolve({ ok: true, value: 'answered' });
    },
    listen: (listener: (events: readonly ApplicationEvent[]) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const end = connectWindow(ipc, application, { contents, page });
  const mainFrame = { parent: null, url: page.href };
  return {
    contents,
    sent,
    asked,
    listeners,
    handlers,
    end,
    crash: () => (crashed = true),
    ask: (from: object, ...args: unknown[]) =>
      handlers.get(CALL_LINE)!({ sender: contents, senderFrame: mainFrame, ...from }, ...args),
  };
}

it('the main frame of the window is answered', async () => {
  const { ask, asked } = connected();
  expect(await ask({}, 'models.get', { id: 1 })).toEqual({ ok: true, value: 'answered' });
  expect(asked).toEqual([['models.get', { id: 1 }]]);
});

it.each([
  ['another window', { sender: {} }],
  ['a frame inside the page', { senderFrame: { parent: {}, url: 'app://secateur/' } }],
  ['a frame that is gone', { senderFrame: null }],
  ['another page in the window', { senderFrame: { parent: null, url: 'https://example.org/' } }],
  ['a file', { senderFrame: { parent: null, url: 'file:///app/index.html' } }],
  ['another address of the scheme', { senderFrame: { parent: null, url: 'app://other/' } }],
  ['a page without an address', { senderFrame: { parent: null, url: '' } }],
])('%s is refused, and the application never hears of it', async (_, from) => {
  const { ask, asked } = connected();
  expect(await ask(from, 'models.list', null)).toMatchObject({
    ok: false,
    problem: { code: 'UntrustedSenderError', kind: 'refused' },
  });
  expect(asked).toEqual([]);
});

it.each([[undefined], [7], [null], [{}], ['x'.repeat(101)]])('%j is no channel', async (channel) => {
  const { ask, asked } = connected();
  expect(await ask({}, channel, null)).toMatchObject({ ok: false, problem: { code: 'NotARequestError' } });
  expect(asked).toEqual([]);
});

it('events go to the page while it lives, until the line ends', () => {
  const { listeners, sent, crash, end, handlers } = connected();
  for (const listener of listeners) listener([event]);
  expect(sent).toEqual([[EVENT_LINE, [event]]]);
  crash();
  for (const listener of listeners) listener([event]);
  expect(sent).toHaveLength(1);
  end();
  expect(listeners.size).toBe(0);
  expect(handlers.size).toBe(0);
});
