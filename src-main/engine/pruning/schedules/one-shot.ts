import type { Schedule } from './schedule.ts';

export const oneShot: Schedule = {
  id: 'one-shot',
  name: 'One shot',
  explanation: 'Everything goes at once, then the network heals.',
  formula: 's₀ → S at update 0',
  events: ({ target }) => [{ update: 0, sparsity: target }],
};
