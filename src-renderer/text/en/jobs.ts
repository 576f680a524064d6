// Runs: what they are, how they stand, and what can be done about them.
export const jobs = {
  title: 'Jobs',
  kinds: { train: 'Train', prune: 'Prune', evaluate: 'Evaluate', export: 'Export', import: 'Import' },
  pieces: {
    weight: 'weights',
    neuron: 'neurons',
    channel: 'channels',
    unit: 'hidden units',
    pattern: (pattern: string) => `weights in ${pattern}`,
  },
  titles: {
    train: (algorithm: string, environment: string) => `Train ${algorithm} on ${environment}`,
    trainSparse: (algorithm: string, environment: string, share: string) =>
      `Train ${algorithm} on ${environment}, ${share} sparse`,
    pruneToReturn: (piece: string, share: string) => `Prune ${piece}, keep ${share} of the return`,
    pruneToCost: (piece: string, most: string) => `Prune ${piece} to at most ${most}`,
    pruneShare: (piece: string, share: string) => `Prune ${share} of the ${piece}`,
    pruneBelow: (piece: string, threshold: string) => `Prune ${piece} that score at most ${threshold}`,
    evaluate: { test: 'Evaluate on test seeds', validation: 'Evaluate on validation seeds' },
    export: (formats: string) => `Export as ${formats}`,
  },
  standings: {
    waiting: 'Waiting',
    going: 'Running',
    pausing: 'Pausing',
    paused: 'Paused',
    stopping: 'Stopping',
    cancelling: 'Cancelling',
    elsewhere: 'Running elsewhere',
    finished: 'Finished',
    failed: 'Failed',
    cancelled: 'Cancelled',
    interrupted: 'Interrupted',
  },
  left: (time: string) => `${time} left`,
} as const;
