// The known schedules. A new one is its file and a line here.
import { Registry } from '../../registry.ts';
import { iterative } from './iterative.ts';
import { oneShot } from './one-shot.ts';
import { polynomial } from './polynomial.ts';
import type { Schedule } from './schedule.ts';

export const schedules = new Registry<Schedule>('schedule', [oneShot, iterative, polynomial]);
