// Threads that take a part of what is to be played, and do not bring it to an end.
import { workerData } from 'node:worker_threads';
import { answerInvitations } from '../../../src-main/workers/episode-threads/answer-invitations.ts';
import type { HelperData } from '../../../src-main/workers/episode-threads/protocol.ts';

const data = workerData as HelperData;

answerInvitations(data, (board) => {
  board.help(() => {
    if (data.environment === 'CartPole-v1') throw new RangeError('the thread is gone');
    for (;;);
  });
});
