/** What goes first at a granularity, unless the person chooses: the smallest, or the layer that is missed least. */
export const plainCriterion = (granularity: string): string => (granularity === 'layer' ? 'bypass' : 'l1');
