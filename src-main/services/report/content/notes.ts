// What a careful reader has to know before building on the numbers or the files.
import type { AnyPruneReport, DataPruneReport, PruneReport } from '../../../contract/prune-report.ts';
import type { Recipe } from '../../../contract/recipe.ts';
import type { Section } from '../document.ts';
import { counted, NBSP } from '../numbers.ts';
import type { ReportInput } from './report-input.ts';

/** Distillation and evolution keep what is chosen, not what the outputs are worth. */
function ranksOnly(recipe: Recipe): boolean {
  if (recipe.kind !== 'prune') return false;
  const { method } = recipe;
  return method.kind === 'automatic' || ['distill', 'evolve'].includes(method.recovery.method);
}

function dataNotes({ observations, agreement, pruned }: DataPruneReport): string[] {
  const { rows, file } = observations;
  return [
    'Acting was not measured: the environment is not one that Secateur plays in, and no return is reported. Before the ' +
      'pruned policy is relied on, play it where it is to act, and compare it with its parent there.',
    agreement.test.kind === 'discrete'
      ? `Agreement is the share of held-out observations of ${file} (${counted(rows, 'row')}) in which both policies take the same greedy action.`
      : `Agreement is 1 less the mean distance of the components of both policies' mean actions in held-out observations of ${file} ` +
        `(${counted(rows, 'row')}), in units of how much the parent's own action varies (its mean absolute deviation): 100${NBSP}% is ` +
        `the same action, 0${NBSP}% no nearer than a constant one.`,
    `Rows were dealt out in blocks of neighbours, and intervals are 95${NBSP}% intervals over these blocks. If all come from one ` +
      'episode, or from one place, they say little about others.',
    `Times were measured with a clock over ${counted(pruned.latency.rounds, 'round')}, sizes by counting. Times depend on the machine and on what else it does.`,
  ];
}

function measurementNotes(report: AnyPruneReport): string[] {
  if (report.measure === 'agreement') return dataNotes(report);
  return episodeNotes(report);
}

function episodeNotes({ dense, pruned, environment }: PruneReport): string[] {
  return [
    `Everything here was measured: returns by playing ${counted(dense.test.seeds.count, 'test episode')} of ` +
      `${environment}, times with a clock, sizes by counting. Times depend on the machine and on what else it does.`,
    pruned.test.deterministic
      ? 'Both policies always took their best action while they were measured.'
      : 'Actions were sampled while the policies were measured, as in training.',
    `Intervals are 95${NBSP}% bootstrap intervals over episodes of this one policy. They say nothing about other training runs, or about an environment that differs from this one.`,
  ];
}

export function notesSection({ model, report, recipe }: ReportInput): Section {
  const { counts, description } = model;
  const notes = report === null ? [] : measurementNotes(report);
  if (report === null) notes.push('Return and speed were not measured again for this export.');
  if (description.algorithm === 'dqn' && ranksOnly(recipe)) {
    notes.push(
      'The outputs rank the actions, but after this recovery they are no longer calibrated Q-values: take the largest, and ' +
        'do not read them as expected returns.',
    );
  }
  if (counts.nonzeroWeights < counts.weights) {
    notes.push(
      `${counted(counts.weights - counts.nonzeroWeights, 'weight')} of the remaining network ${counts.weights - counts.nonzeroWeights === 1 ? 'is' : 'are'} zero. ` +
        'Most runtimes multiply by zeros as by any other number: such files are neither faster nor, uncompressed, smaller ' +
        'for them. Removing whole neurons makes them so.',
    );
  }
  return { title: 'What to keep in mind', blocks: [{ kind: 'list', items: notes }] };
}
