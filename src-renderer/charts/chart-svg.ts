// A chart drawn once more, onto a canvas that writes SVG.
import { BasicPlatform, Chart } from 'chart.js';
import { token } from './chart.svelte.ts';

/** On the page's ground, as large as it is seen. */
export async function toSvg(chart: Chart): Promise<string> {
  // Only whoever saves an SVG loads it.
  const { Element } = await import('svgcanvas');
  const { width, height } = chart;
  const element = new Element({ width, height });
  const context = element.getContext('2d');
  context.fillStyle = token('surface');
  context.fillRect(0, 0, width, height);
  const { type, data, options, plugins } = chart.config as typeof chart.config & { type: 'line' };
  // Not the context, whose canvas is itself: Chart.js asks a canvas for its context.
  const copy = new Chart(element as unknown as HTMLCanvasElement, {
    type,
    // Lines with segments are drawn step by step, others as a Path2D, of which the SVG canvas knows nothing.
    data: { ...data, datasets: data.datasets.map((dataset) => ({ segment: {}, ...dataset })) },
    ...(plugins !== undefined && { plugins }),
    options: {
      ...options,
      plugins: { ...options?.plugins, zoom: false as never },
      animation: false,
      responsive: false,
      devicePixelRatio: 1,
      events: [],
    },
    platform: BasicPlatform,
  });
  const svg = context.getSerializedSvg();
  copy.destroy();
  return svg;
}
