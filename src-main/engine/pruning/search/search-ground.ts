// What every automatic search stands on: a standardised parent, the states it visits, and what decides.
import type { PolicyModel } from '../../networks/model.ts';
import { sizeOf } from '../../networks/shapes.ts';
import { inputStatistics, restoreInputs, standardizeInputs } from '../../networks/standardize-inputs.ts';
import type { PruningInput } from '../pruning-input.ts';
import type { RecoveryInput } from '../recovery/recovery.ts';
import { visitedStates } from '../visited-states.ts';
import { ladderOf, type Ladder } from './ladder.ts';
import { AgreementJudge } from './agreement-judge.ts';
import type { Judge } from './judge.ts';
import { Validation } from './validation.ts';

/** Share of random actions while states are collected: the neighbourhood of the policy's own path. */
const EPSILON = 0.1;

export interface SearchGround {
  readonly ladder: Ladder;
  /** The dense policy, its inputs standardised so that one learning rate fits all units of measure. */
  readonly parent: PolicyModel;
  /** A model of the search as it is outside of it. */
  readonly restore: (model: PolicyModel) => PolicyModel;
  /** Elements of the parent, of those that the ladder counts. */
  readonly total: number;
  /** What the ladder counts, in plain words: "neurons". */
  readonly pieces: string;
  /** What a trial says was removed of the parent. */
  readonly shareRemoved: (model: PolicyModel) => number;
  /** States that criteria look at. */
  readonly observations: Float32Array;
  readonly validation: Judge;
  /** What recovery is given apart from its student and its budget. */
  readonly recovery: Omit<RecoveryInput, 'student' | 'updates'>;
}

function judgeOf({ dense, experience, backend, random }: PruningInput): Judge {
  switch (experience.kind) {
    case 'played': {
      return new Validation({ ...experience, dense, seeds: experience.seeds.validation, backend, random });
    }
    case 'recorded':
      return new AgreementJudge({ dense, experience, backend });
  }
}

/** @throws NoLadderError */
export function searchGround(input: PruningInput): SearchGround {
  const { dense, experience, granularity, backend, random, context } = input;
  const ladder = ladderOf(granularity);
  const validation = judgeOf(input);
  const observations = visitedStates({
    model: dense,
    experience,
    backend,
    epsilon: EPSILON,
    random,
  });
  const inputs = inputStatistics(observations, sizeOf(dense.description.network.input.shape));
  const parent = standardizeInputs(dense, inputs);
  const total = ladder.size(parent);
  return {
    ladder,
    parent,
    restore: (model) => restoreInputs(model, inputs),
    total,
    pieces: `${granularity.id}s`,
    shareRemoved: (model) => 1 - ladder.size(model) / total,
    observations,
    validation,
    recovery: { backend, experience, parent, random, context },
  };
}
