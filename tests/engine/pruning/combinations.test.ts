// Every way of combining what pruning by hand lets a person choose: it works, or an error says what would.
import { describe, expect, it } from 'vitest';
import type { LayerChoices, ManualMethod } from '../../../src-main/contract/recipe.ts';
import { SecateurError } from '../../../src-main/contract/secateur-error.ts';
import { checkRecipe } from '../../../src-main/engine/check-recipe.ts';
import { countNetwork } from '../../../src-main/engine/networks/counting.ts';
import type { PolicyModel } from '../../../src-main/engine/networks/model.ts';
import { allocations } from '../../../src-main/engine/pruning/allocation/registry.ts';
import { criteria } from '../../../src-main/engine/pruning/criteria/registry.ts';
import { playIn, type Experience } from '../../../src-main/engine/pruning/experience.ts';
import { granularities } from '../../../src-main/engine/pruning/granularity/registry.ts';
import { checkLayers } from '../../../src-main/engine/pruning/manual-amounts.ts';
import { pruneByHand } from '../../../src-main/engine/pruning/prune-by-hand.ts';
import type { PruningOutcome } from '../../../src-main/engine/pruning/pruning-input.ts';
import { recoveries } from '../../../src-main/engine/pruning/recovery/registry.ts';
import { schedules } from '../../../src-main/engine/pruning/schedules/registry.ts';
import { compact } from '../../../src-main/engine/pruning/surgery/compact.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { dataPruneRecipe, pruneRecipe } from '../../contract/recipes.ts';
import { recordingContext } from '../../recording-context.ts';
import { testBackend } from '../../test-backend.ts';
import { litCell, litCellAgent } from './lit-cell.ts';
import { recordedIn } from './recorded.ts';
import { masksHold } from './recovery/recovering.ts';

/** A convolution and a dense layer that both can go as a whole; of every other granularity there is something too. */
const shape = [2, 4, 4] as const;
const model = litCellAgent(shape, 4, 4);
const environment = litCell(shape, 3);
const seeds = { train: { first: 0, count: 1000 }, validation: { first: 1000, count: 2 } };

/** What there is to choose, by what is chosen. */
const choices = {
  criterion: criteria.ids,
  granularity: granularities.ids,
  allocation: allocations.ids,
  schedule: schedules.ids,
  recovery: recoveries.ids,
  amount: ['sparsity', 'threshold'],
  rewind: ['nothing', 'learning-rate', 'weights'],
  multiple: ['1', '2'],
  layers: ['open', 'locked', 'share'],
  basis: ['episodes', 'observations'],
} as const;
type Choice = keyof typeof choices;
type Combination = Readonly<Record<Choice, string>>;
const names = Object.keys(choices) as Choice[];

const LAYERS: Readonly<Record<string, LayerChoices>> = {
  open: {},
  locked: { conv: 'locked' },
  share: { dense: { sparsity: 0.5 } },
};

const methodOf = (chosen: Combination): ManualMethod => ({
  kind: 'manual',
  criterion: chosen.criterion,
  amount: chosen.amount === 'sparsity' ? { kind: 'sparsity', sparsity: 0.5 } : { kind: 'threshold', threshold: 0.01 },
  allocation: chosen.allocation,
  layers: LAYERS[chosen.layers]!,
  multiple: Number(chosen.multiple),
  schedule: chosen.schedule,
  steps: 2,
  recovery: { method: chosen.recovery, updates: 3 },
  rewind: chosen.rewind as ManualMethod['rewind'],
});

/** What is found out before anything is played; null when nothing is. */
function refusalOf(chosen: Combination): unknown {
  const { granularity } = chosen;
  const method = methodOf(chosen);
  try {
    const source = { kind: 'model', id: 'model' } as const;
    const data = chosen.basis === 'observations';
    checkRecipe(
      data
        ? dataPruneRecipe(source, 'seen.npy', { granularity, method })
        : pruneRecipe(source, { granularity, method }),
    );
    recoveries.get(chosen.recovery).check?.(model.description);
    checkLayers({ dense: model, granularity: granularities.get(granularity) }, method);
    return null;
  } catch (error) {
    return error;
  }
}

/** Fewer than a person may bring, so that every run is short. */
const { values } = recordedIn(environment, model, { first: 0, count: 16 });
const half = values.length / 2;
const recorded = { train: values.subarray(0, half), validation: values.subarray(half), block: 3 };

/** Anew for every run: it goes through its training seeds. */
const experienceOf = ({ basis }: Combination): Experience =>
  basis === 'episodes' ? playIn(environment, seeds) : { kind: 'recorded', ...recorded };

function prune(chosen: Combination): Promise<PruningOutcome> {
  return pruneByHand(
    {
      dense: model,
      experience: experienceOf(chosen),
      granularity: granularities.get(chosen.granularity),
      backend: testBackend,
      random: new Random(3),
      context: recordingContext(),
    },
    methodOf(chosen),
  );
}

const weightsOf = ({ description, parameters, masks }: PolicyModel): number =>
  countNetwork(description.network, parameters, masks).nonzeroWeights;

function expectHelp(error: unknown): void {
  expect(error).toBeInstanceOf(SecateurError);
  const { kind, hint, message } = error as SecateurError;
  expect(kind, message).toMatch(/bad-input|unsupported/);
  expect(hint, message).not.toBe('');
}

/** What every criterion meets at every granularity. */
const BESIDE: ReadonlySet<Choice> = new Set(['allocation', 'schedule', 'recovery', 'basis']);
/** To complete a part of a combination to one that is possible. */
const TRIES = 40;

/**
 * Combinations in which every criterion meets every granularity beside every allocation, schedule, recovery and basis,
 * and any two choices meet; where some such combination is possible, it is one that is.
 */
function covering(): Combination[] {
  const random = new Random(6);
  const wanted = new Map<string, Partial<Combination>>();
  const met = (chosen: Partial<Combination>): string => JSON.stringify(names.map((name) => chosen[name] ?? ''));
  const want = (part: Partial<Combination>): void => void wanted.set(met(part), part);
  const pick = <T>(values: readonly T[]): T => values[random.integer(values.length)]!;
  for (const [i, one] of names.entries()) {
    for (const other of names.slice(i + 1)) {
      for (const a of choices[one]) {
        for (const b of choices[other]) {
          if (one === 'criterion' && BESIDE.has(other)) {
            for (const granularity of choices.granularity) want({ criterion: a, granularity, [other]: b });
          } else want({ [one]: a, [other]: b });
        }
      }
    }
  }
  const parts = [...wanted.values()];
  const done = new Set<string>();
  const combinations: Combination[] = [];
  for (const part of parts) {
    if (done.has(met(part))) continue;
    const complete = (): Combination =>
      Object.fromEntries(names.map((name) => [name, part[name] ?? pick<string>(choices[name])])) as Combination;
    const tried = Array.from({ length: TRIES }, complete);
    const chosen = tried.find((combination) => refusalOf(combination) === null) ?? tried[0]!;
    combinations.push(chosen);
    if (refusalOf(chosen) !== null) continue;
    for (const other of parts) {
      if (names.every((name) => other[name] === undefined || other[name] === chosen[name])) done.add(met(other));
    }
  }
  return combinations;
}

describe('criterion × granularity × allocation × schedule × recovery, on episodes and on observations', () => {
  const chosen = covering();
  const possible = chosen.filter((combination) => refusalOf(combination) === null);
  const weights = weightsOf(model);

  it.each(criteria.ids)('%s: what is possible works', async (criterion) => {
    for (const combination of possible.filter((one) => one.criterion === criterion)) {
      const said = JSON.stringify(combination);
      const { pruned } = await prune(combination);
      expect(masksHold(pruned), said).toBe(true);
      expect(weightsOf(compact(pruned)), said).toBeLessThanOrEqual(weights);
      expect(weightsOf(compact(pruned)), said).toBeGreaterThan(0);
    }
  });

  it('and the rest is refused before anything is played, in words that help', async () => {
    const refused = chosen.filter((combination) => refusalOf(combination) !== null);
    for (const combination of refused) {
      expectHelp(refusalOf(combination));
      expectHelp(await prune(combination).catch((error: unknown) => error));
    }
    // Of every criterion, granularity, allocation, schedule and recovery there is something that is not.
    for (const name of ['criterion', 'granularity', 'allocation', 'schedule', 'recovery'] as const) {
      expect(new Set(possible.map((combination) => combination[name]))).toEqual(new Set(choices[name]));
    }
  });
});
