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
  const copy = new Chart(context, {
    type,
    data,
    ...(plugins !== undefined && { plugins }),
    options: { ...options, animation: false, responsive: false, devicePixelRatio: 1, events: [] },
    platform: BasicPlatform,
  });
  const svg = context.getSerializedSvg();
  copy.destroy();
  return svg;
}
