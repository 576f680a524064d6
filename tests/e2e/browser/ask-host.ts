// The host asked directly, with the key that a page of it was given: to set up what a test looks at.
import { decode, encode } from '@msgpack/msgpack';
import type { Page } from 'playwright-core';
import { WebSocket } from 'ws';
import type { AnswerOf, Channel, RequestOf } from '../../../src-main/contract/api/api.ts';
import { hostToPageSchema } from '../../../src-main/contract/api/message.ts';

/** One question on a socket of its own. @throws with what the host answered instead of a value */
export async function askHost<C extends Channel>(page: Page, channel: C, request: RequestOf<C>): Promise<AnswerOf<C>> {
  const { host, origin } = new URL(page.url());
  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const socket = new WebSocket(`ws://${host}/contract`, { headers: { cookie, origin } });
  try {
    return await new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on('open', () => {
        socket.send(encode({ id: 0, channel, payload: request }));
      });
      socket.on('message', (data: Buffer) => {
        const message = hostToPageSchema.parse(decode(data));
        if (message.type !== 'answer') return;
        if (message.answer.ok) resolve(message.answer.value as AnswerOf<C>);
        else reject(new Error(message.answer.problem.message));
      });
    });
  } finally {
    socket.close();
  }
}
