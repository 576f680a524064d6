// A search over ways of pruning: its trials, its front, and what it came to.
export const search = {
  offer: {
    title: 'Or let it look for the best way',
    text: (trials: string, time: string) =>
      `A search tries ${trials} ways of pruning for this target: weights, units, both, and whole layers, by several criteria and amounts. Poor ones are dropped early, good ones healed and measured longer, for ${time} at most; the automatic methods take part in the end.`,
    start: 'Start a search',
  },
  chart: 'Return against what it costs',
  chartNote: (episodes: string) =>
    `Every trial so far. The line joins those of the furthest rung that no other beats; all of ${episodes} validation episodes were played there.`,
  front: 'front',
  chosen: 'chosen',
  furthest: 'furthest rung',
  earlier: 'earlier rungs',
  asked: (what: string) => `asked: ${what}`,
  axis: { return: 'weights left', bytes: 'model file, bytes', latency: 'time to act, µs' },
  returnAxis: 'mean return',
  table: 'Trials',
  tableNote: 'On validation episodes; the furthest rung first.',
  columns: {
    trial: 'Trial',
    how: 'How',
    weights: 'Weights',
    bytes: 'File',
    latency: 'Time to act',
    return: 'Return, 95 % interval',
    kept: 'Kept',
  },
  automatic: 'automatic',
  make: 'Make it a model',
  makeHint: 'Prunes as this trial did, measures it on test episodes, and keeps it',
  made: 'The run is started',
  none: 'No trial is finished yet',
  noneText: 'The first appear within seconds: nothing is healed in the first rung.',
  noneEver: 'It ended before the first was.',
  outcome: {
    trials: (finished: string, time: string, processes: string) =>
      `${finished} trials in ${time}, ${processes} at a time.`,
    entered: (entered: string, possible: string, last: string, front: string) =>
      `${entered} of ${possible} ways of pruning entered, ${last} trials came to the last rung, ${front} are beaten by none.`,
    failed: (failed: string) => `${failed} trials failed; the table says why.`,
    cut: {
      time: 'The time was up before all was tried: with more of it the answer may be another.',
      stop: 'It was stopped before all was tried: this is the best that had been found until then.',
    },
    missed: 'No trial reached what was asked; this one came closest.',
    help: (advice: string) => `What would help: ${advice}.`,
    or: '; or ',
  },
  advice: {
    'ask-less': {
      return: (reached: string) => `ask for ${reached} of the return, which was reached`,
      bytes: (reached: string) => `allow ${reached}, which was reached`,
      latency: (reached: string) => `allow ${reached}, which was reached`,
    },
    'heal-longer': (updates: string) => `heal for more than ${updates} updates`,
    'remove-less': (share: string) => `try amounts below ${share}`,
    'remove-more': (share: string) => `try amounts above ${share}`,
    'remove-units': 'remove whole units: zeros take as much room as other weights',
    'try-more': (tried: string, possible: string) => `try more than ${tried} of the ${possible} ways of pruning`,
    'more-time': 'give it more time',
  },
} as const;
