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

/** The token in the address becomes a cookie, and leaves the address: it is not to be copied with it. */
async function exchangeToken(): Promise<void> {
  const token = TOKEN.exec(location.hash)?.[1];
  if (token === undefined) return;
  history.replaceState(null, '', location.pathname);
  await fetch('/session', { method: 'POST', body: token });
}

export function socketCarrier(listener: CarrierListener): Carrier {
  const waiting = new Map<number, Waiting>();
  let socket: WebSocket | null = null;
  let nextId = 0;
  let wasConnected = false;
  let opened = Promise.withResolvers<WebSocket>();

  const lose = (): void => {
    socket = null;
    for (const { reject } of waiting.values()) reject(new ProblemError(HOST_GONE));
    waiting.clear();
    // A host that never let this page in will not do so a second later: the address lacks its token.
    listener.onStatus(wasConnected ? 'gone' : 'refused');
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
    opening.addEventListener('close', lose);
  }

  listener.onStatus('connecting');
  void exchangeToken()
    .catch(() => undefined)
    .then(open);

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
