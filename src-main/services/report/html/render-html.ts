// A report as one page: its own style, charts inline, no script, nothing loaded from anywhere.
import type { Chart } from '../charts/chart.ts';
import { drawChart } from '../charts/draw-chart.ts';
import type { Block, Column, KeyFigure, ReportDocument, RowGroup, Section, Text } from '../document.ts';
import { escapeHtml } from './escape-html.ts';
import { STYLE } from './style.ts';

function written(text: Text): string {
  if (typeof text === 'string') return escapeHtml(text);
  return text
    .map((span) => (typeof span === 'string' ? escapeHtml(span) : `<code>${escapeHtml(span.code)}</code>`))
    .join('');
}

function renderTable(columns: readonly Column[], groups: readonly RowGroup[]): string {
  const head = columns.map(({ title, kind }) => `<th scope="col" class="${kind}">${escapeHtml(title)}</th>`).join('');
  const bodies = groups.map(({ title, rows }) => {
    const heading =
      title === null ? '' : `<tr><th scope="rowgroup" colspan="${columns.length}">${escapeHtml(title)}</th></tr>`;
    const cells = rows.map(
      (row) =>
        `<tr>${row.map((cell, i) => `<td class="${columns[i]?.kind ?? 'text'}">${written(cell)}</td>`).join('')}</tr>`,
    );
    return `<tbody>${[heading, ...cells].join('\n')}</tbody>`;
  });
  return `<div class="wide"><table><thead><tr>${head}</tr></thead>\n${bodies.join('\n')}</table></div>`;
}

function renderChart(chart: Chart): string {
  return (
    `<figure><figcaption><strong>${escapeHtml(chart.title)}</strong>` +
    `<span>${escapeHtml(chart.caption)}</span></figcaption>` +
    `<div class="wide">${drawChart(chart)}</div></figure>`
  );
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${written(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${written(item)}</li>`).join('\n')}</ul>`;
    case 'heading':
      return `<h3>${escapeHtml(block.text)}</h3>`;
    case 'table':
      return renderTable(block.columns, block.groups);
    case 'code':
      return `<pre class="${block.language}"><code>${escapeHtml(block.code)}</code></pre>`;
    case 'chart':
      return renderChart(block.chart);
  }
}

const renderFigure = ({ label, value, details }: KeyFigure): string =>
  `<div><dt>${escapeHtml(label)}</dt><dd><strong>${escapeHtml(value)}</strong>${details.map((detail) => `<span>${escapeHtml(detail)}</span>`).join('')}</dd></div>`;

const renderSection = ({ title, blocks }: Section): string =>
  `<section>\n<h2>${escapeHtml(title)}</h2>\n${blocks.map(renderBlock).join('\n')}\n</section>`;

/** The policy on content holds the promise even where an escape would be missing. */
export function renderHtml(document: ReportDocument): string {
  const { title, headline, remarks, keyFigures, sections, colophon } = document;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>
${STYLE}</style>
</head>
<body>
<main>
<header>
<p class="name">${escapeHtml(title)}</p>
<h1>${escapeHtml(headline.claim)}.</h1>
${headline.evidence === null ? '' : `<p class="evidence">${escapeHtml(headline.evidence)}.</p>`}
${remarks.map((remark) => `<p class="remark">${escapeHtml(remark)}</p>`).join('\n')}
<dl>${keyFigures.map(renderFigure).join('\n')}</dl>
</header>
${sections.map(renderSection).join('\n')}
<footer>${escapeHtml(colophon)}</footer>
</main>
</body>
</html>
`;
}
