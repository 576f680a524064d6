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
];

export const isBasic = ({ name }: { readonly name: string }): boolean => BASIC.includes(name);
