import { Command } from 'commander';
import { expect, it } from 'vitest';
import { trainingPruningSchema } from '../../../src-main/contract/recipe.ts';
import {
  addTrainingPruningOptions,
  trainingPruningOf,
  type TrainingPruningOptions,
} from '../../../src-main/hosts/cli/training-pruning-options.ts';

function parse(line: string): unknown {
  const command = addTrainingPruningOptions(new Command().exitOverride());
  return trainingPruningOf(
    command.parse(line.split(' ').filter(Boolean), { from: 'user' }).opts<TrainingPruningOptions>(),
  );
}

it('nothing is pruned unless a share is named', () => {
  expect(parse('')).toBeNull();
});

it('a share alone is pruned late in the run, gradually, and healed in the end', () => {
  expect(trainingPruningSchema.parse(parse('--sparsity 0.95'))).toEqual({
    kind: 'gradual',
    granularity: 'weight',
    criterion: 'l1',
    sparsity: 0.95,
    allocation: 'lamp',
    schedule: 'polynomial',
    steps: 100,
    from: 0.9,
    to: 0.98,
    recovery: 'distill',
  });
});

it('what nobody will teach is pruned early, unless it is said when', () => {
  expect(parse('--sparsity 0.95 --recovery none')).toMatchObject({ from: 0.05, to: 0.4, recovery: 'none' });
  expect(parse('--sparsity 0.95 --recovery none --prune-to 0.7')).toMatchObject({ from: 0.05, to: 0.7 });
  expect(parse('--sparsity 0.95 --prune-from 0.2')).toMatchObject({ from: 0.2, to: 0.98 });
});

it('a topology makes the network sparse throughout, from a random choice on', () => {
  const line = '--sparsity 0.9 --topology rigl --rewire-every 100 --allocation uniform';
  expect(trainingPruningSchema.parse(parse(line))).toEqual({
    kind: 'sparse',
    granularity: 'weight',
    criterion: 'random',
    sparsity: 0.9,
    allocation: 'uniform',
    topology: 'rigl',
    every: 100,
    drop: 0.3,
    until: 0.75,
    recovery: 'distill',
  });
  expect(parse('--sparsity 0.9 --topology static --criterion snip')).toMatchObject({
    criterion: 'snip',
    allocation: 'erk',
  });
});

it.each([
  ['--topology rigl', /--topology: does nothing without --sparsity/],
  ['--prune-to 0.5', /--prune-to: does nothing without --sparsity/],
  ['--sparsity 0.9 --rewire-every 10', /--rewire-every: does nothing without --topology/],
  ['--sparsity 0.9 --topology set --schedule polynomial', /--schedule: belongs to pruning on a schedule/],
  ['--sparsity 0.9 --topology set --prune-from 0', /--prune-from: belongs to/],
  ['--recovery none', /--recovery: does nothing without --sparsity/],
])('"%s" is refused: it would do nothing', (line, problem) => {
  expect(() => parse(line)).toThrow(problem);
});
