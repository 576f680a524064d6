// A thread that helps to play episodes, from its first line to its end.
import { workerData } from 'node:worker_threads';
import { environments } from '../../engine/environments/registry.ts';
import { Player } from '../../engine/evaluation/play-returns.ts';
import { loadKernelBackend } from '../load-kernels.ts';
import { answerInvitations } from './answer-invitations.ts';
import type { HelperData } from './protocol.ts';

const data = workerData as HelperData;
const environment = environments.get(data.environment);
const backend = loadKernelBackend();

answerInvitations(data, (board) => {
  const player = new Player(environment, backend);
  board.help((part) => player.play(part));
  player.dispose();
});
