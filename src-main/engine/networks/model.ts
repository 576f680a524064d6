// A policy model in memory. Models never change: every operation returns a new one.
import type { ModelDescription } from '../../contract/model.ts';
import type { Masks, Parameters } from './parameters.ts';

export interface PolicyModel {
  readonly description: ModelDescription;
  readonly parameters: Parameters;
  /** What is pruned but not removed; empty for a dense or compacted model. */
  readonly masks: Masks;
}
