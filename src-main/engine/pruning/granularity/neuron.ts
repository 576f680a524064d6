import { wholeUnits } from './whole-units.ts';

export const neuron = wholeUnits({
  id: 'neuron',
  name: 'Neurons',
  explanation:
    'Whole hidden neurons of dense layers are removed with all their connections: smaller and faster everywhere.',
  kinds: ['neuron'],
});
