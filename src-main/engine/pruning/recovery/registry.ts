// The known recoveries. A new one is its file and a line here.
import { Registry } from '../../registry.ts';
import { distill } from './distill/distill.ts';
import { evolve } from './evolve.ts';
import { fineTune } from './fine-tune/fine-tune.ts';
import { none } from './none.ts';
import type { Recovery } from './recovery.ts';
import { redo } from './redo.ts';

export const recoveries = new Registry<Recovery>('recovery', [none, distill, fineTune, redo, evolve]);
