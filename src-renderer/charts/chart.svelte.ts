// Chart.js through one attachment: a canvas that follows its data, the theme and its size.
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
  type ChartConfiguration,
} from 'chart.js';
import annotation from 'chartjs-plugin-annotation';
import zoom from 'chartjs-plugin-zoom';
import type { Attachment } from 'svelte/attachments';
import { MediaQuery } from 'svelte/reactivity';
import { whenThereIsTime } from './draw-queue.ts';
import { keepZoom, replaceData } from './follow.ts';
import { longColour } from './long-colour.ts';
import { registerNearestOfEach } from './nearest-of-each.ts';

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
  annotation,
  zoom,
);

registerNearestOfEach();

export type { ChartConfiguration };

const reducedMotion = new MediaQuery('(prefers-reduced-motion: reduce)');

/** A token of ui/tokens.css as it is now; a colour as #rrggbb, if it is written in such digits. */
export function token(name: string): string {
  return longColour(getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
}

/** What every chart shares: quiet grid lines, type as in the page, no animation of data that streams. */
function applyTheme(): void {
  Chart.defaults.font.family = token('font');
  Chart.defaults.font.size = 11;
  Chart.defaults.color = token('ink-3');
  Chart.defaults.borderColor = token('grid');
  Chart.defaults.animation = false;
  Chart.defaults.responsive = true;
  Chart.defaults.maintainAspectRatio = false;
  Chart.defaults.interaction = { mode: 'index', intersect: false, axis: 'x', includeInvisible: false };
  const tooltip = Chart.defaults.plugins.tooltip;
  tooltip.backgroundColor = token('ink');
  tooltip.titleColor = token('ground');
  tooltip.bodyColor = token('ground');
  tooltip.cornerRadius = 6;
  tooltip.padding = 8;
  tooltip.boxPadding = 4;
  tooltip.animation = reducedMotion.current ? false : { duration: 120 };
}

/** Drag to zoom, double-click to reset: the same in every chart. */
export const zoomable = {
  zoom: { drag: { enabled: true, backgroundColor: 'rgb(127 127 127 / 18%)' }, mode: 'x' as const },
};

export interface ChartHandle {
  /** What is drawn now. */
  readonly chart: Chart;
}

/**
 * @param config builds the configuration; what it reads makes the chart follow
 * @param onReady is given the chart, for exports
 */
export function chart(
  config: () => ChartConfiguration,
  onReady?: (handle: ChartHandle) => void,
): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    let drawn: Chart | null = null;
    const show = (next: ChartConfiguration): void => {
      applyTheme();
      if (drawn === null || (drawn.config as ChartConfiguration).type !== next.type) {
        drawn?.destroy();
        drawn = new Chart(canvas, next);
        onReady?.({ chart: drawn });
        return;
      }
      replaceData(drawn, next.data);
      drawn.options = keepZoom(drawn, next.options ?? {});
      // Not 'none': that leaves the looks of points as they were first. Nothing is animated anyway.
      drawn.update();
    };
    let next: ChartConfiguration | null = null;
    const showNext = (): void => {
      if (next !== null) show(next);
    };
    const draw = (): void => {
      next = config();
      if (drawn === null) showNext();
      else whenThereIsTime(showNext);
    };
    $effect(draw);
    const reset = (): void => {
      drawn?.resetZoom();
    };
    canvas.addEventListener('dblclick', reset);
    const themes = new MutationObserver(draw);
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      themes.disconnect();
      canvas.removeEventListener('dblclick', reset);
      next = null;
      drawn?.destroy();
    };
  };
}
