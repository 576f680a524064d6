// The known allocations. A new one is its file and a line here.
import { Registry } from '../../registry.ts';
import type { Allocation } from './allocation.ts';
import { bySensitivity } from './by-sensitivity.ts';
import { erk } from './erk.ts';
import { global } from './global.ts';
import { lamp } from './lamp.ts';
import { uniform } from './uniform.ts';

export const allocations = new Registry<Allocation>('allocation', [uniform, global, erk, lamp, bySensitivity]);
