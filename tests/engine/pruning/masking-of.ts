import { masking, type MaskingGranularity } from '../../../src-main/engine/pruning/granularity/granularity.ts';
import { granularities } from '../../../src-main/engine/pruning/granularity/registry.ts';

/** A granularity that goes by masks, by its name. */
export const maskingOf = (id: string): MaskingGranularity => masking(granularities.get(id), 'here');
