// A thread that steps worlds, from its first line to its end.
import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadData } from './protocol.ts';
import { serveWorlds } from './serve-worlds.ts';

parentPort!.postMessage('ready');
serveWorlds(workerData as ThreadData);
