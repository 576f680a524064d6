// What a search came to, in sentences: how it went, and what would help where it fell short.
import type { Advice, SearchReport } from '../../contract/search.ts';
import {
  counted,
  formatBytes,
  formatCount,
  formatDuration,
  formatFineShare,
  formatMicroseconds,
  formatShare,
} from './numbers.ts';

function reachedIn(target: SearchReport['target'], reached: number): string {
  switch (target) {
    case 'return':
      return `ask for ${formatShare(reached)} of the return`;
    case 'bytes':
      return `allow ${formatBytes(reached)}`;
    case 'latency':
      return `allow ${formatMicroseconds(reached)}`;
  }
}

/** Without a capital or a full stop. */
export function adviceWords(advice: Advice, target: SearchReport['target']): string {
  switch (advice.kind) {
    case 'ask-less':
      return `${reachedIn(target, advice.reached)}, which was reached`;
    case 'heal-longer':
      return `heal for more than ${counted(advice.updates, 'update')}`;
    case 'remove-less':
      return `try amounts below ${formatFineShare(advice.sparsity)}`;
    case 'remove-more':
      return `try amounts above ${formatFineShare(advice.sparsity)}`;
    case 'remove-units':
      return 'remove whole units (the granularities unit and hybrid): zeros take as much room as other weights';
    case 'try-more':
      return `try more than ${formatCount(advice.tried)} of the ${formatCount(advice.possible)} ways of pruning`;
    case 'more-time':
      return 'give it more time';
  }
}

export function searchSentences(search: SearchReport): string[] {
  const { rungs, front, possible, target, met, advice, cut, processes, seconds } = search;
  const finished = rungs.reduce((sum, rung) => sum + rung.finished, 0);
  const failed = rungs.reduce((sum, rung) => sum + rung.failed, 0);
  const first = rungs[0]!;
  const at = processes === 1 ? '' : `, ${formatCount(processes)} at a time`;
  const sentences = [
    `${counted(finished, 'trial')} in ${formatDuration(seconds)}${at}: ${formatCount(first.planned)} of ` +
      `${counted(possible, 'way')} of pruning entered, ${formatCount(rungs.at(-1)!.finished)} came to the last rung; ` +
      `${counted(front.length, 'trial')} ${front.length === 1 ? 'is' : 'are'} beaten by none.`,
  ];
  if (failed > 0) sentences.push(`${counted(failed, 'trial')} failed; the table says why.`);
  if (cut === 'time')
    sentences.push('The time was up before all was tried: with more of it the answer may be another.');
  if (cut === 'stop')
    sentences.push('It was stopped before all was tried: this is the best that had been found until then.');
  if (!met) {
    sentences.push('No trial reached what was asked; this one came closest.');
    sentences.push(`What would help: ${advice.map((one) => adviceWords(one, target)).join('; or ')}.`);
  }
  return sentences;
}
