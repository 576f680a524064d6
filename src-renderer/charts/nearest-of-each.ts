// What a person points at: of every series the point that is nearest along x, also where series have points at other places.
import { Interaction, type InteractionItem, type InteractionModeFunction } from 'chart.js';
import { getRelativePosition } from 'chart.js/helpers';
import { nearestIndex } from './nearest-index.ts';

declare module 'chart.js' {
  interface InteractionModeMap {
    nearestOfEach: InteractionModeFunction;
  }
}

const nearestOfEach: InteractionModeFunction = (chart, event) => {
  const { x } = getRelativePosition(event, chart);
  return chart.getSortedVisibleDatasetMetas().flatMap(({ data, index: datasetIndex }): InteractionItem[] => {
    const shown = data.flatMap((element, index) => (Number.isFinite(element.y) ? [{ element, index }] : []));
    if (shown.length === 0) return [];
    const xs = shown.map(({ element }) => element.x);
    const { element, index } = shown[nearestIndex(xs, x)]!;
    return [{ element, datasetIndex, index }];
  });
};

export function registerNearestOfEach(): void {
  Interaction.modes.nearestOfEach = nearestOfEach;
}
