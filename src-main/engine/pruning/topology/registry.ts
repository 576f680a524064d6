// The known topologies. A new one is its file and a line here.
import { Registry } from '../../registry.ts';
import { rigl } from './rigl.ts';
import { set } from './set.ts';
import { staticMask } from './static-mask.ts';
import type { Topology } from './topology.ts';

export const topologies = new Registry<Topology>('topology', [staticMask, set, rigl]);
