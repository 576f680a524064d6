// In a browser: one WebSocket to the host that served the page, opened again whenever it is lost.
import { decode, encode } from '@msgpack/msgpack';
import { hostToPageSchema, type Answer } from '../../src-main/contract/api/message.ts';
import type { Carrier, CarrierListener } from './carrier.ts';
import { HOST_GONE, ProblemError } from './problem-error.ts';

const RETRY_MS = 1000;
const TOKEN = /^#token=([A-Za-z0-9_-]+)$/;

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The token in the address becomes a cookie, and leaves the address: it is not to be copied with it.
 * @param before the address that the page goes back to
 */
async function exchangeToken(before: string): Promise<void> {
  const token = TOKEN.exec(location.hash)?.[1];
  if (token === undefined) return;
  history.replaceState(null, '', before);
  await fetch('/session', { method: 'POST', body: token });
}

/** Whether there is a host at this address at all. */
async function isThere(): Promise<boolean> {
  try {
    return (await fetch('/', { method: 'HEAD', cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

export function socketCarrier(listener: CarrierListener): Carrier {
  const waiting = new Map<number, Waiting>();
  let socket: WebSocket | null = null;
  let nextId = 0;
  let wasConnected = false;
  let opened = Promise.withResolvers<WebSocket>();

  const lose = (wasOpen: boolean): void => {
    socket = null;
    for (const { reject } of waiting.values()) reject(new ProblemError(HOST_GONE));
    waiting.clear();
    // A host that never let this page in will not do so a second later: the address lacks its token.
    if (!wasConnected) listener.onStatus('refused');
    else if (wasOpen) listener.onStatus('gone');
    else
      void isThere().then((there) => {
        if (socket === null) listener.onStatus(there ? 'locked' : 'gone');
      });
    opened.promise.catch(() => undefined);
    opened.reject(new ProblemError(HOST_GONE));
    opened = Promise.withResolvers();
    opened.promise.catch(() => undefined);
    setTimeout(open, RETRY_MS);
  };

  const receive = (data: ArrayBuffer): void => {
    const message = hostToPageSchema.parse(decode(new Uint8Array(data)));
    if (message.type === 'events') {
      listener.onEvents(message.events);
      return;
    }
    waiting.get(message.id)?.resolve(message.answer);
    waiting.delete(message.id);
  };

  function open(): void {
    const opening = new WebSocket(`ws://${location.host}/contract`);
    opening.binaryType = 'arraybuffer';
    opening.addEventListener('open', () => {
      socket = opening;
      wasConnected = true;
      listener.onStatus('connected');
      opened.resolve(opening);
    });
    opening.addEventListener('message', (event: MessageEvent<ArrayBuffer>) => {
      receive(event.data);
    });
    opening.addEventListener('close', () => {
      lose(socket === opening);
    });
  }

  listener.onStatus('connecting');
  void exchangeToken(location.pathname)
    .catch(() => undefined)
    .then(open);
  // A new key, given to a page that is already there: it stays where it is, and is let in when it asks next.
  addEventListener('hashchange', ({ oldURL }) => {
    void exchangeToken(oldURL).catch(() => undefined);
  });

  return {
    call: async (channel, payload) => {
      const open = socket ?? (await opened.promise);
      const id = nextId++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        open.send(encode({ id, channel, payload }, { ignoreUndefined: true }));
      });
    },
  };
}
