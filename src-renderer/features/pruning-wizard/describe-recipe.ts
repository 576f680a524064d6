// What a pruning recipe does, in sentences.
import type { Catalogue } from '../../../src-main/contract/catalogue.ts';
import type { AnyPruneRecipe, PruneRecipe } from '../../../src-main/contract/recipe.ts';
import type { Messages } from '../../text/messages.ts';
import { wordsOf, type MethodKind } from '../../text/methods.ts';
import { formatBytes, formatCount, formatMicroseconds, formatNumber, formatPercent } from '../../text/numbers.ts';
import { isPattern } from '../../state/pruning-choices.ts';
import { pieceName } from './piece-name.ts';

type Manual = Extract<PruneRecipe['method'], { kind: 'manual' }>;

function nameIn(
  list: readonly { id: string; name: string; explanation: string }[],
  kind: MethodKind,
  id: string,
): string {
  const found = list.find((method) => method.id === id);
  return found === undefined ? id : wordsOf(kind, found).name;
}

function manualSentences(method: Manual, piece: string, catalogue: Catalogue | null, t: Messages['wizard']): string[] {
  const { criterion, amount, allocation, schedule, steps, layers, multiple, recovery, rewind } = method;
  const by = nameIn(catalogue?.criteria ?? [], 'criterion', criterion);
  const when = nameIn(catalogue?.schedules ?? [], 'schedule', schedule);
  const count = formatCount(recovery.updates);
  const locked = Object.keys(layers).filter((name) => layers[name] === 'locked');
  const own = Object.entries(layers).flatMap(([name, choice]) =>
    choice === 'locked' ? [] : [`${name} ${formatPercent(choice.sparsity)}`],
  );
  return [
    amount.kind === 'sparsity'
      ? t.review.manualShare(formatPercent(amount.sparsity), piece, by)
      : t.review.manualThreshold(piece, by, formatNumber(amount.threshold)),
    // A threshold is the same everywhere: there is nothing to be spread.
    amount.kind === 'threshold'
      ? t.review.when(when)
      : t.review.spread(nameIn(catalogue?.allocations ?? [], 'allocation', allocation), when),
    ...(schedule === 'one-shot' ? [] : [t.review.rounds(formatCount(steps))]),
    ...(own.length > 0 ? [t.review.own(own.join(', '))] : []),
    ...(locked.length > 0 ? [t.review.locked(locked.join(', '))] : []),
    ...(multiple > 1 ? [t.review.multiple(formatCount(multiple))] : []),
    recovery.method === 'none'
      ? t.review.healNone
      : t.review.heal(
          nameIn(catalogue?.recoveries ?? [], 'recovery', recovery.method),
          recovery.method === 'evolve' ? t.review.generations(count) : t.review.updates(count),
        ),
    ...(rewind === 'nothing' ? [] : [t.review.rewind[rewind]]),
  ];
}

export function describeRecipe(recipe: AnyPruneRecipe, catalogue: Catalogue | null, t: Messages['wizard']): string[] {
  const { method, granularity } = recipe;
  const piece = pieceName(granularity, t);
  const measured =
    recipe.basis === 'observations'
      ? t.review.measuredAgreement
      : t.review.measured(formatCount(recipe.seeds.test.count));
  // A pattern is one of positions, which a unit less would shift.
  const end = isPattern(granularity) ? [measured] : [t.review.cutOut, measured];
  if (method.kind === 'manual') {
    const [what, ...how] = manualSentences(method, piece, catalogue, t);
    return [what!, ...(isPattern(granularity) ? [t.review.pattern(granularity)] : []), ...how, ...end];
  }
  const { target } = method;
  const best = recipe.basis === 'observations' ? t.review.best.agreement : t.review.best.return;
  switch (target.kind) {
    case 'return':
      return [t.review.automaticReturn(piece, formatPercent(target.keep)), ...end];
    case 'agreement':
      return [t.review.automaticAgreement(piece, formatPercent(target.keep)), ...end];
    case 'bytes':
      return [t.review.automaticBytes(piece, formatBytes(target.bytes), best), ...end];
    case 'latency':
      return [t.review.automaticLatency(piece, formatMicroseconds(target.microseconds), best), ...end];
  }
}
