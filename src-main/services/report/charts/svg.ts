// SVG as text: elements with escaped attributes, and coordinates that are short and finite.
import { escapeHtml } from '../html/escape-html.ts';

type Attributes = Readonly<Record<string, string | number>>;

/** A tenth of a CSS pixel is as fine as anyone sees. */
const coordinate = (value: number): string => String(Number(value.toFixed(1)));

export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? coordinate(value) : escapeHtml(value)}"`)
    .join('');
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`;
}

export type Anchor = 'start' | 'middle' | 'end';

export function label(x: number, y: number, text: string, style: { anchor?: Anchor; class?: string } = {}): string {
  const { anchor = 'start', class: name = '' } = style;
  return element('text', { x, y, 'text-anchor': anchor, class: name }, escapeHtml(text));
}

export const line = (x1: number, y1: number, x2: number, y2: number, name: string): string =>
  element('line', { x1, y1, x2, y2, class: name });

/** What hovering shows. */
export const tooltip = (text: string): string => element('title', {}, escapeHtml(text));

/** Wide enough for a column of text; the page scales it. */
export const CHART_WIDTH = 760;

export function svg(height: number, description: string, children: readonly string[]): string {
  return element(
    'svg',
    { viewBox: `0 0 ${CHART_WIDTH} ${coordinate(height)}`, role: 'img', 'aria-label': description },
    ...children,
  );
}
