// Text that came from outside, made harmless in GitHub-flavoured Markdown without making ordinary text unreadable.
import { visible } from '../visible.ts';

/** On one line. Brackets are only dangerous where a link follows: "[500.0, 500.0]" stays as it is. */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(/[\\`*_~|$]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/\](?=[([:])/g, '\\]')
    .replace(/^(\s*)(>|[-+](?=\s|$)|#(?=[#\s]|$))/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2');
}

const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));

/** A code span; inside of tables a pipe has to be escaped even there. */
export function codeSpan(text: string): string {
  const code = visible(text).replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
  if (code.trim() === '') return '';
  const fence = '`'.repeat(longestRun(code) + 1);
  const pad = code.startsWith('`') || code.endsWith('`') ? ' ' : '';
  return fence + pad + code + pad + fence;
}

export function codeBlock(language: string, code: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(code) + 1));
  return `${fence}${language}\n${visible(code)}\n${fence}`;
}
