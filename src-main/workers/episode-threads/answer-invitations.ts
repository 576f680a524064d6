// The other end of an invitation: waits for one, helps as long as there is something to play, and waits again.
import { receiveMessageOnPort } from 'node:worker_threads';
import { Board } from './board.ts';
import type { HelperData, Invitation } from './protocol.ts';

/** Serves until the thread is ended from outside, or `help` throws. */
export function answerInvitations(
  { calls, port }: Pick<HelperData, 'calls' | 'port'>,
  help: (board: Board) => void,
): never {
  for (let heard = 0; ; heard = Atomics.load(calls, 0)) {
    for (let message = receiveMessageOnPort(port); message !== undefined; message = receiveMessageOnPort(port)) {
      const { parts, buffer } = message.message as Invitation;
      help(new Board(parts, buffer));
    }
    Atomics.wait(calls, 0, heard);
  }
}
