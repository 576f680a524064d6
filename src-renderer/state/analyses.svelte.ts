// Questions that were asked in this page: whoever asks the same again finds the same.
import type { AnalysisQuestion } from '../../src-main/contract/api/analyses.ts';
import { Analysis } from './analysis.svelte.ts';

/** Answers that stay here; the host has them all. */
const KEPT = 60;

const asked = new Map<string, Analysis>();

export function analysisOf(question: AnalysisQuestion): Analysis {
  const key = JSON.stringify(question);
  const analysis = asked.get(key) ?? new Analysis(question);
  asked.delete(key);
  asked.set(key, analysis);
  if (asked.size > KEPT) asked.delete(asked.keys().next().value!);
  return analysis;
}
