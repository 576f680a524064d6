import type { Saliency } from '../../contract/saliency.ts';

/** Why each of the layers keeps all that it has, where layers go as a whole. */
export const staysLines = (skipped: Saliency['skipped']): string[] =>
  skipped.map(({ layer, reason }) => `${layer} stays: ${reason}`);
