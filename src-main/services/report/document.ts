// A report as data: what is said, in which order, with every number already in words. Markdown and HTML draw the same.
import type { Chart } from './charts/chart.ts';
import type { Headline } from './headline.ts';

/** A sentence, or one with code in it. Nothing here is escaped: that is for who draws it. */
export type Text = string | readonly (string | { readonly code: string })[];

/** `number` cells line up on the right, `code` cells are set in a fixed pitch. */
export interface Column {
  readonly title: string;
  readonly kind: 'text' | 'number' | 'code';
}

/** Rows under a heading of their own; without one when `title` is null. */
export interface RowGroup {
  readonly title: string | null;
  readonly rows: readonly (readonly Text[])[];
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: Text }
  | { readonly kind: 'list'; readonly items: readonly Text[] }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly groups: readonly RowGroup[] }
  | { readonly kind: 'code'; readonly language: 'python' | 'javascript' | 'json'; readonly code: string }
  | { readonly kind: 'chart'; readonly chart: Chart };

export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** A number that deserves to be read first: "weights left", "26", and below "of 67 072", "2 580× fewer". */
export interface KeyFigure {
  readonly label: string;
  readonly value: string;
  readonly details: readonly string[];
}

export interface ReportDocument {
  /** The model's name. */
  readonly title: string;
  readonly headline: Headline;
  /** What qualifies the headline: "It was stopped early". */
  readonly remarks: readonly string[];
  readonly keyFigures: readonly KeyFigure[];
  readonly sections: readonly Section[];
  readonly colophon: string;
}

/** A table without groups. */
export function table(columns: readonly Column[], rows: readonly (readonly Text[])[]): Block {
  return { kind: 'table', columns, groups: [{ title: null, rows }] };
}
