// A table as text for papers and notes: GitHub's Markdown, LaTeX with booktabs.

export type Table = readonly (readonly string[])[];

const escapeMarkdown = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('\n', ' ');

/** The header first. The first column is words, the others are figures. */
export function toMarkdown([header = [], ...rows]: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  const rule = `| ${header.map((_, index) => (index === 0 ? '---' : '---:')).join(' | ')} |`;
  return `${[line(header), rule, ...rows.map(line)].join('\n')}\n`;
}

const LATEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '−': '$-$',
  '×': '$\\times$',
  µ: '\\textmu{}',
  '–': '--',
  '\u202f': '\\,',
};

const ESCAPED = /[\\{}$&#%_^~−×µ–\u202f]/g;

const escapeLatex = (text: string): string => text.replace(ESCAPED, (character) => LATEX[character]!);

/** The header first; needs the package booktabs. */
export function toLatex([header = [], ...rows]: Table): string {
  const line = (cells: readonly string[]): string => `  ${cells.map(escapeLatex).join(' & ')} \\\\`;
  const columns = header.map((_, index) => (index === 0 ? 'l' : 'r')).join('');
  return [
    `\\begin{tabular}{${columns}}`,
    '  \\toprule',
    line(header),
    '  \\midrule',
    ...rows.map(line),
    '  \\bottomrule',
    '\\end{tabular}',
    '',
  ].join('\n');
}
