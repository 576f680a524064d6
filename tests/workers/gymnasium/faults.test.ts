// All that can go wrong in another process, and that it is never waited for.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toProblem, type Problem } from '../../../src-main/contract/secateur-error.ts';
import { VectorEnvironment } from '../../../src-main/engine/environments/vector-environment.ts';
import { temporaryFolder } from '../../store/temporary-folder.ts';
import { openUntilEnd, useStandIn, whyNoPython } from './stand-in.ts';

beforeAll(useStandIn);
beforeEach((context) => {
  if (whyNoPython !== null) context.skip(whyNoPython);
});

function problemOf(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    return toProblem(error);
  }
  throw new Error('nothing went wrong');
}

function play(id: string, patience = { step: 60_000, make: 60_000 }): VectorEnvironment {
  const vector = new VectorEnvironment(openUntilEnd(id, { patience }), 1);
  vector.reset(0, 1);
  for (let t = 0; t < 6; t++) vector.step([0]);
  return vector;
}

describe('what cannot be opened', () => {
  it.each([
    ['gym:DictObservations-v0', 'the observation space of gym:DictObservations-v0 is Dict'],
    ['gym:FlatPixels-v0', 'the observation space of gym:FlatPixels-v0 is Box((4, 5), uint8)'],
    ['gym:DictActions-v0', 'the action space of gym:DictActions-v0 is Dict'],
    ['gym:BoundlessActions-v0', 'the action space of gym:BoundlessActions-v0 is Box((2,), float32), without bounds'],
  ])('%s has a space that nothing here fits', (id, message) => {
    const problem = problemOf(() => openUntilEnd(id));
    expect(problem).toMatchObject({ kind: 'unsupported', code: 'UnsupportedSpaceError' });
    expect(problem.message).toContain(message);
    expect(problem.hint).toContain('Supported are');
  });

  it.each([
    ['gym:Nothing-v3', 'not-found', 'UnknownGymnasiumEnvironmentError', "Environment `Nothing-v3` doesn't exist"],
    ['gym:Counter-v0?gravity=3', 'bad-input', 'EnvironmentNotMadeError', "unexpected keyword argument 'gravity'"],
    ['gym:', 'bad-input', 'GymnasiumIdError', 'names no environment'],
  ])('%s is refused', (id, kind, code, message) => {
    const problem = problemOf(() => openUntilEnd(id));
    expect(problem).toMatchObject({ kind, code });
    expect(problem.message).toContain(message);
  });

  it('says how games are installed that are missing', () => {
    const { hint } = problemOf(() => openUntilEnd('gym:ALE/Pong-v5'));
    expect(hint).toContain('-m pip install ale-py');
  });

  it('needs a Python', () => {
    const problem = problemOf(() => openUntilEnd('gym:Counter-v0', { python: '/nowhere/python3' }));
    expect(problem).toMatchObject({ kind: 'environment', code: 'PythonNotFoundError' });
    expect(problem.message).toContain('"/nowhere/python3" cannot be started');
  });

  it('needs a Python that works', () => {
    const python = join(temporaryFolder(), 'python3');
    writeFileSync(python, '#!/bin/sh\necho "no encodings here" >&2\nexit 1\n', { mode: 0o755 });
    const problem = problemOf(() => openUntilEnd('gym:Counter-v0', { python }));
    expect(problem).toMatchObject({ kind: 'environment', code: 'PythonUnusableError' });
    expect(problem.message).toContain('no encodings here');
  });

  it('needs gymnasium', () => {
    const modules = process.env.PYTHONPATH;
    const empty = temporaryFolder();
    writeFileSync(join(empty, 'gymnasium.py'), 'raise ImportError("No module named gymnasium here")\n');
    process.env.PYTHONPATH = empty;
    try {
      const problem = problemOf(() => openUntilEnd('gym:Counter-v0'));
      expect(problem).toMatchObject({ kind: 'environment', code: 'GymnasiumMissingError' });
      expect(problem.message).toContain('No module named gymnasium here');
      expect(problem.hint).toContain('-m pip install gymnasium');
    } finally {
      process.env.PYTHONPATH = modules;
    }
  });
});

describe('worlds that fail', () => {
  it.each([
    ['gym:Raising-v0', 'EnvironmentRaisedError', 'raised an exception in step(): ZeroDivisionError: '],
    ['gym:RaisingReset-v0', 'EnvironmentRaisedError', 'raised an exception in reset(): RuntimeError: no level 1'],
    ['gym:Exiting-v0', 'EnvironmentRaisedError', 'raised an exception in step(): SystemExit: 4'],
    [
      'gym:NotANumber-v0',
      'NonFiniteObservationError',
      'step() of gym:NotANumber-v0 returned element 1 of an observation of nan',
    ],
    ['gym:InfiniteReward-v0', 'NonFiniteObservationError', 'returned a reward of inf'],
    ['gym:Misshapen-v0', 'EnvironmentAnswerError', 'an observation of shape [3], its space says [2]'],
    ['gym:Old-v0', 'EnvironmentAnswerError', 'step returned 4 values, not 5'],
    [
      'gym:Faulting-v0',
      'PythonCrashedError',
      'Python ended while stepping gym:Faulting-v0: Fatal Python error: Segmentation fault',
    ],
    ['gym:Killed-v0', 'PythonCrashedError', 'Python ended while stepping gym:Killed-v0 and said nothing'],
  ])('%s ends in a %s', (id, code, message) => {
    const problem = problemOf(() => play(id));
    expect(problem).toMatchObject({ kind: 'failed', code });
    expect(problem.message).toContain(message);
  });

  it('shows where an exception came from', () => {
    expect(problemOf(() => play('gym:Raising-v0')).hint).toContain('return 1 // 0');
  });

  it.each(['gym:Sleeping-v0', 'gym:Computing-v0'])('%s is not waited for', (id) => {
    const problem = problemOf(() => play(id, { step: 300, make: 60_000 }));
    expect(problem).toMatchObject({ kind: 'failed', code: 'PythonHungError' });
    expect(problem.message).toBe(`Python did not answer for 0.3 s while stepping ${id}, and was ended`);
  });

  it('says the same of a Python that has ended whenever it is asked again', () => {
    const vector = new VectorEnvironment(openUntilEnd('gym:Killed-v0'), 1);
    vector.reset(0, 0);
    const step = (): void => {
      vector.step([0]);
    };
    expect(problemOf(step).code).toBe('PythonCrashedError');
    expect(problemOf(step)).toMatchObject({ code: 'PythonCrashedError', kind: 'failed' });
  });
});
