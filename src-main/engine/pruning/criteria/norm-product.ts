import { incomingNorms, outgoingNorms } from './unit-norms.ts';
import type { Criterion } from './criterion.ts';

export const normProduct: Criterion = {
  id: 'norm-product',
  name: 'Norm product',
  explanation:
    'How strongly a unit is driven times how strongly it drives: scaling a ReLU unit up on one side and down on the other changes nothing.',
  formula: '‖W_in‖₂ · ‖W_out‖₂',
  needs: 'nothing',
  scoreUnits: (input) => {
    const outgoing = outgoingNorms(input, 2);
    return incomingNorms(input, 2).map((incoming, unit) => incoming * outgoing[unit]!);
  },
};
