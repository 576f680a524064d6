// Tables that leave the page: what other software reads is what was shown.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from '../../../src-renderer/charts/csv.ts';
import { toLatex, toMarkdown } from '../../../src-renderer/charts/table-exports.ts';

/** RFC 4180, read the slow way. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[i + 1] === '"') cell += text[++i]!;
      else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ',') {
      row.push(cell);
      cell = '';
    } else if (character === '\r' && text[i + 1] === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
      i++;
    } else cell += character;
  }
  return rows;
}

describe('CSV', () => {
  it('gives back every cell, formulas made harmless', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('=1+1', '+cmd', '-2', '@sum', 'a,"b"\nc'));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1 }), (rows) => {
        const harmless = rows.map((row) => row.map((text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)));
        expect(readCsv(toCsv(rows))).toEqual(harmless);
      }),
    );
  });
  it('keeps numbers as numbers, and nothing as nothing', () => {
    expect(
      toCsv([
        ['x', 'y'],
        [-1.5, null],
      ]),
    ).toBe('x,y\r\n-1.5,\r\n');
  });
});

it('Markdown: a header, a rule that sets figures right, and bars inside of cells', () => {
  expect(
    toMarkdown([
      ['', 'a|b'],
      ['Weights', '67 072'],
    ]),
  ).toBe('|  | a\\|b |\n| --- | ---: |\n| Weights | 67 072 |\n');
});

it('LaTeX: what has a meaning there is escaped', () => {
  const latex = toLatex([
    ['Quantity', 'dqn_1 & co'],
    ['Return', '−4.2 %'],
  ]);
  expect(latex).toContain('\\begin{tabular}{lr}');
  expect(latex).toContain('Quantity & dqn\\_1 \\& co \\\\');
  expect(latex).toContain('Return & $-$4.2 \\% \\\\');
});
