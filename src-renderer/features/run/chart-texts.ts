import type { ChartTexts } from '../../charts/chart-exports.ts';
import type { Messages } from '../../text/messages.ts';

/** Of the menu that every chart has. */
export const chartTexts = ({ menu, png, svg, csv, copy }: Messages['run']['charts']): ChartTexts => ({
  menu,
  png,
  svg,
  csv,
  copy,
});
