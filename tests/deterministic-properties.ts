// Property tests draw the same cases at every run; to hunt for more, change the seed and raise `numRuns` here.
import fc from 'fast-check';

fc.configureGlobal({ seed: 1 });
