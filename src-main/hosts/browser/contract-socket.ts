// One page on a socket: requests in, answers and events out, as MessagePack so that weights travel as bytes.
import { decode, encode } from '@msgpack/msgpack';
import type { RawData, WebSocket } from 'ws';
import type { ApplicationEvent } from '../../contract/api/event.ts';
import { requestMessageSchema, type HostToPage } from '../../contract/api/message.ts';
import type { Application } from '../../services/application.ts';

/** Bytes that may wait for a slow page; beyond it events that the page can ask for again are left out. */
const MOST_WAITING = 8 * 1024 ** 2;

const canBeAskedFor = ({ type }: ApplicationEvent): boolean =>
  type === 'progress' || type === 'analysis' || type === 'metrics' || type === 'log';

function toBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

/** @param socket of a page that has been let in */
export function connectPage(application: Application, socket: WebSocket): void {
  const send = (message: HostToPage): void => {
    if (socket.readyState === socket.OPEN) socket.send(encode(message, { ignoreUndefined: true }));
  };
  const stopListening = application.listen((events) => {
    const kept = socket.bufferedAmount > MOST_WAITING ? events.filter((event) => !canBeAskedFor(event)) : events;
    if (kept.length > 0) send({ type: 'events', events: kept });
  });
  socket.on('close', stopListening);
  // The 'close' that follows is what counts; without a listener the error would end the host.
  socket.on('error', () => undefined);
  socket.on('message', (data) => {
    void answer(toBytes(data));
  });

  async function answer(bytes: Uint8Array): Promise<void> {
    const request = requestMessageSchema.safeParse(decodeOrNull(bytes));
    if (!request.success) {
      socket.close(1003, 'not a request');
      return;
    }
    const { id, channel, payload } = request.data;
    send({ type: 'answer', id, answer: await application.call(channel, payload) });
  }
}

function decodeOrNull(bytes: Uint8Array): unknown {
  try {
    return decode(bytes);
  } catch {
    return null;
  }
}
