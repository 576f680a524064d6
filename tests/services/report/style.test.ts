import { describe, expect, it } from 'vitest';
import { STYLE } from '../../../src-main/services/report/html/style.ts';

/** WCAG 2.2: relative luminance of an sRGB colour. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

const themes = [...STYLE.matchAll(/:root \{(.*?)\}/gs)].map(([, block = '']) =>
  Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name!, value!])),
);

describe.each([
  ['light', 0],
  ['dark', 1],
  ['print', 2],
] as const)('the %s theme', (_, index) => {
  const theme = themes[index]!;

  it.each(['ink', 'muted', 'dense-text', 'pruned-text'])('has %s at AA on every background', (name) => {
    for (const background of ['page', 'surface', 'code']) {
      expect(contrast(theme[name]!, theme[background]!)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(['dense', 'pruned'])('has the colour of %s at 3 : 1 on the page', (name) => {
    expect(contrast(theme[name]!, theme.page!)).toBeGreaterThanOrEqual(3);
  });
});
