import { wholeUnits } from './whole-units.ts';

export const unit = wholeUnits({
  id: 'unit',
  name: 'Neurons and channels',
  explanation: 'Neurons of dense layers and channels of convolutions, in one ranking.',
  kinds: ['neuron', 'channel'],
});
