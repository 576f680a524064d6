// Which settings come first: those that people change. The others are there as well, a click away.

const BASIC: readonly string[] = [
  'hiddenUnits',
  'convolutions',
  'learningRate',
  'gamma',
  'batchSize',
  'environments',
  'nSteps',
  'entropyCoefficient',
  'explorationFraction',
  'explorationFinal',
  'prioritizedReplay',
];

/** Its parts are where the setting is. */
export const isBasic = ({ setting }: { readonly setting: string }): boolean => BASIC.includes(setting);
