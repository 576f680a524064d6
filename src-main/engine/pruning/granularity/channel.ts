import { wholeUnits } from './whole-units.ts';

export const channel = wholeUnits({
  id: 'channel',
  name: 'Channels',
  explanation:
    'Whole channels of convolutions are removed with all that reads them; a criterion looks at the mean over positions.',
  kinds: ['channel'],
});
