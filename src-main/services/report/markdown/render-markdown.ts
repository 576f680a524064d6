// A report as Markdown. Charts are named and left to the HTML: every number in them is in a table beside.
import type { Block, Column, KeyFigure, ReportDocument, RowGroup, Section, Text } from '../document.ts';
import { sentenceOf } from '../headline.ts';
import { codeBlock, codeSpan, escapeMarkdown } from './escape-markdown.ts';

function written(text: Text): string {
  if (typeof text === 'string') return escapeMarkdown(text);
  return text.map((span) => (typeof span === 'string' ? escapeMarkdown(span) : codeSpan(span.code))).join('');
}

const tableRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function renderTable(columns: readonly Column[], groups: readonly RowGroup[]): string {
  const ruler = columns.map(({ kind }) => (kind === 'number' ? '---:' : '---'));
  const rows = groups.flatMap((group) => [
    ...(group.title === null
      ? []
      : [tableRow([`**${escapeMarkdown(group.title)}**`, ...columns.slice(1).map(() => '')])]),
    ...group.rows.map((cells) => tableRow(cells.map(written))),
  ]);
  return [tableRow(columns.map(({ title }) => escapeMarkdown(title))), tableRow(ruler), ...rows].join('\n');
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return written(block.text);
    case 'list':
      return block.items.map((item) => `- ${written(item)}`).join('\n');
    case 'heading':
      return `### ${escapeMarkdown(block.text)}`;
    case 'table':
      return renderTable(block.columns, block.groups);
    case 'code':
      return codeBlock(block.language, block.code);
    case 'chart':
      return `*${escapeMarkdown(block.chart.title)}* (drawn in report.html).`;
  }
}

const renderFigure = ({ label, value, details }: KeyFigure): string =>
  `- ${escapeMarkdown(label)}: **${escapeMarkdown(value)}** (${escapeMarkdown(details.join(', '))})`;

const renderSection = ({ title, blocks }: Section): string =>
  [`## ${escapeMarkdown(title)}`, ...blocks.map(renderBlock)].join('\n\n');

export function renderMarkdown(document: ReportDocument): string {
  const { title, headline, remarks, keyFigures, sections, colophon } = document;
  const parts = [
    `# ${escapeMarkdown(title)}`,
    `**${escapeMarkdown(sentenceOf(headline))}**`,
    ...remarks.map(escapeMarkdown),
    keyFigures.map(renderFigure).join('\n'),
    ...sections.map(renderSection),
    `---\n\n${escapeMarkdown(colophon)}`,
  ];
  return `${parts.join('\n\n')}\n`;
}
