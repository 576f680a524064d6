// The known granularities. A new one is its file and a line here.
import { Registry } from '../../registry.ts';
import type { Granularity } from './granularity.ts';
import { neuron } from './neuron.ts';
import { weight } from './weight.ts';

export const granularities = new Registry<Granularity>('granularity', [weight, neuron]);
