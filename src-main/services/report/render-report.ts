// The report that travels with an exported policy: one document, written as Markdown and as a page of HTML.
import { writeDocument } from './content/write-document.ts';
import type { ReportInput } from './content/report-input.ts';
import { renderHtml } from './html/render-html.ts';
import { renderMarkdown } from './markdown/render-markdown.ts';

/** Equal inputs give equal bytes: no clock, no chance. */
export function renderReport(input: ReportInput): { markdown: string; html: string } {
  const document = writeDocument(input);
  return { markdown: renderMarkdown(document), html: renderHtml(document) };
}
