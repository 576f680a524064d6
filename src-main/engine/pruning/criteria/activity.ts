import { outgoingNorms } from './unit-norms.ts';
import type { Criterion } from './criterion.ts';

export const activity: Criterion = {
  id: 'activity',
  name: 'Activity',
  explanation: 'How much a unit varies over the visited states, times how strongly it drives the next layer.',
  formula: 'std(h_u) · ‖W_out,u‖₂',
  needs: 'activations',
  scoreUnits: (input) => {
    const deviation = input.outputs!.deviation;
    return outgoingNorms(input, 2).map((norm, unit) => norm * deviation[unit]!);
  },
};
