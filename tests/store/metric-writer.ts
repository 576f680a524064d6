// A process that writes batches of metrics and says on stdout which are stored: first its run's id, then the last
// sequence number of each batch. Arguments: the store's folder, and how many batches ("forever" until it is killed).
import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openStore } from '../../src-main/store/store.ts';
import { uuidV7 } from '../../src-main/store/uuid-v7.ts';
import { sampleProject, sampleRun } from './sample-entities.ts';

const BATCH = 20;

const [folder, batches] = process.argv.slice(2);
const clock = (): number => Date.now();
const store = await openStore({ folder: folder!, clock, ids: uuidV7({ clock, randomBytes }) });
const run = sampleRun(store, sampleProject(store).id);
store.runs.start(run.id);
writeSync(1, `${run.id}\n`);

const last = batches === 'forever' ? Number.POSITIVE_INFINITY : Number(batches) * BATCH;
for (let sequence = 0; sequence < last;) {
  const points = Array.from({ length: BATCH }, () => ({
    sequence: sequence++,
    name: sequence % 2 === 0 ? 'loss' : 'return',
    step: sequence * 4,
    value: Math.sqrt(sequence),
  }));
  store.metrics.append(run.id, points);
  writeSync(1, `${sequence - 1}\n`);
}
store.runs.end(run.id, { status: 'finished' });
store.close();
