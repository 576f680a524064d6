// The known granularities. A new one is its file and a line here.
import { Registry } from '../../registry.ts';
import { channel } from './channel.ts';
import type { Granularity } from './granularity.ts';
import { hybrid } from './hybrid.ts';
import { layer } from './layer.ts';
import { nOfM } from './n-of-m.ts';
import { neuron } from './neuron.ts';
import { unit } from './unit.ts';
import { weight } from './weight.ts';

/** Also knows every N:M; the one listed stands for all. */
class GranularityRegistry extends Registry<Granularity> {
  /** @throws UnknownNameError, NOfMPatternError */
  override get(id: string): Granularity {
    return id.includes(':') ? nOfM(id) : super.get(id);
  }
}

export const granularities = new GranularityRegistry('granularity', [
  weight,
  neuron,
  channel,
  unit,
  hybrid,
  layer,
  nOfM('2:4'),
]);
