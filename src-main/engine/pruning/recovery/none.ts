import type { PolicyModel } from '../../networks/model.ts';
import { applyMasks, cloneParameters } from '../../networks/parameters.ts';
import type { Recovery } from './recovery.ts';

export const none: Recovery = {
  id: 'none',
  name: 'No recovery',
  explanation: 'The network is left as pruning made it.',
  formula: 'θ ⊙ m',
  followsGradients: false,
  needsReturns: false,
  start: ({ student }) => {
    let model: PolicyModel = student;
    return {
      setMasks: (masks) => {
        model = { ...model, parameters: applyMasks(model.parameters, masks), masks };
      },
      advance: () => Promise.resolve(false),
      current: () => ({ ...model, parameters: cloneParameters(model.parameters) }),
      dispose: () => undefined,
    };
  },
};
