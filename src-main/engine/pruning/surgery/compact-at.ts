// Surgery after pruning at a granularity: what a pattern of positions has to keep is known to the model from then on.
import type { PolicyModel } from '../../networks/model.ts';
import type { Granularity } from '../granularity/granularity.ts';
import { compact } from './compact.ts';

/** The model compacted as far as what the granularity has made allows, now and whenever it is exported. */
export function compactAt(masked: PolicyModel, { pattern }: Granularity): PolicyModel {
  const description = { ...masked.description };
  if (pattern === undefined) delete description.pattern;
  else description.pattern = pattern;
  return compact({ ...masked, description });
}
