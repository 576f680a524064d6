import { describe, expect, it } from 'vitest';
import { DEFAULT_SEARCH } from '../../../src-main/contract/default-search.ts';
import { whatFits } from '../../../src-main/hosts/cli/search-space.ts';
import { catalogueJob } from '../../../src-main/workers/jobs/catalogue.ts';

const result = catalogueJob();
if (result.kind !== 'catalogue') throw new Error('the catalogue job answers with the catalogue');
const known = result.catalogue.criteria;

/** With the defaults for what is not given. */
function fit(given: Partial<Parameters<typeof whatFits>[0]>): ReturnType<typeof whatFits> {
  return whatFits({ ...DEFAULT_SEARCH.space, ...given }, (choice) => given[choice] === undefined, known);
}

describe('a search leaves out of what was left open whatever does not go with what was said', () => {
  it('nothing, where nothing was said', () => {
    const { granularities, criteria } = DEFAULT_SEARCH.space;
    expect(fit({})).toEqual({ granularities, criteria });
  });

  it('criteria that rank none of the pieces', () => {
    expect(fit({ granularities: ['unit', 'hybrid'] }).criteria).toEqual(['l1', 'norm-product', 'activity']);
    expect(fit({ granularities: ['1:4'] }).criteria).toEqual(['l1', 'lamp', 'wanda-lamp']);
    expect(fit({ granularities: ['layer'] }).criteria).toEqual(['bypass']);
  });

  it('pieces that no criterion ranks, or no allocation can spread, and then criteria of these alone', () => {
    expect(fit({ criteria: ['l1', 'taylor'] }).granularities).toEqual(['weight', 'unit', 'hybrid']);
    const spread = fit({ allocations: ['erk', 'uniform'] });
    expect(spread.granularities).toEqual(['weight', 'unit', 'hybrid']);
    expect(spread.criteria).not.toContain('bypass');
  });

  it('but nothing that was said, and no name that nobody knows', () => {
    const said = { granularities: ['unit'], criteria: ['lamp'] };
    expect(fit(said)).toEqual(said);
    expect(fit({ granularities: ['nobody'] }).granularities).toEqual(['nobody']);
  });
});
