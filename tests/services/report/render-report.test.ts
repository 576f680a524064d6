import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Recipe } from '../../../src-main/contract/recipe.ts';
import { renderReport } from '../../../src-main/services/report/render-report.ts';
import { renderSummary, summaryGroups } from '../../../src-main/services/report/summary.ts';
import {
  anyName,
  anyReport,
  reportWithZeros,
  SAMPLE_RECIPE,
  sampleInput,
  sampleModel,
  sampleReport,
} from './sample-report.ts';

const RUNS = { numRuns: 60 };

/** Throws unless every tag that opens closes, in order; knows no more HTML than that. */
function checkNesting(html: string): void {
  const open: string[] = [];
  for (const [, closing, name = '', , selfClosing] of html.matchAll(
    /<(\/?)([a-z][a-z0-9]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*(\/?)>/g,
  )) {
    if (closing === '/') expect(open.pop()).toBe(name);
    else if (selfClosing !== '/' && name !== 'meta') open.push(name);
  }
  expect(open).toEqual([]);
}

const svgs = (html: string): string[] => html.match(/<svg.*?<\/svg>/gs) ?? [];

/** The cells of the Markdown table row that starts with a label. */
function cellsOf(markdown: string, label: string): string[] {
  const row = markdown.split('\n').find((line) => line.startsWith(`| ${label} |`));
  return row!.split(' | ').map((cell) => cell.replaceAll(/^\| | \|$/g, ''));
}

const wholeNumber = (text: string): number => Number(text.replaceAll('\u00a0', '').replace(/B$/, ''));

describe('any report', () => {
  it('shows the figures that it was given, in Markdown, HTML and the terminal', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const { markdown, html } = renderReport(sampleInput({ report }));
        const { dense, pruned } = report;
        const expected: [string, number, number][] = [
          ['Weights', dense.count.nonzeroWeights, pruned.count.nonzeroWeights],
          ['Hidden neurons', dense.count.hiddenUnits, pruned.count.hiddenUnits],
          ['Multiply-accumulates', dense.count.macs, pruned.count.macs],
          ['Model file', dense.bytes, pruned.bytes],
        ];
        for (const [label, before, after] of expected) {
          expect(cellsOf(markdown, label).slice(1, 3).map(wholeNumber)).toEqual([before, after]);
        }
        const terminal = renderSummary(report).join('\n');
        for (const { label, before, after, change } of summaryGroups(report).flatMap((group) => group.rows)) {
          const row = [label, before, after, change];
          expect(html).toContain(`<tr><td class="text">${label}</td>`);
          for (const text of row.slice(1)) {
            expect(html).toContain(`<td class="number">${text}</td>`);
            expect(markdown).toContain(` ${text} |`);
            expect(terminal).toContain(text);
          }
        }
      }),
      RUNS,
    );
  });

  it('is a well-formed page that loads nothing and runs nothing', () => {
    fc.assert(
      fc.property(anyReport, anyName, (report, name) => {
        const { html } = renderReport(sampleInput({ report, model: sampleModel(report, { name }) }));
        checkNesting(html);
        const tags = (html.match(/<[a-z][^>]*>/g) ?? []).map((tag) =>
          tag.replaceAll(/(content|aria-label)="[^"]*"/g, ''),
        );
        for (const tag of tags)
          expect(tag).not.toMatch(/<(script|img|link|iframe|object|embed|a|base|form)\b|\s(src|href|on\w+)=/);
        expect(/<style>.*<\/style>/s.exec(html)![0]).not.toMatch(/url\(|@import|http/);
      }),
      RUNS,
    );
  });

  it('draws inside of its charts, with finite numbers', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const charts = svgs(renderReport(sampleInput({ report })).html);
        expect(charts).toHaveLength(report.trials.length === 0 ? 2 : 3);
        for (const chart of charts) {
          const height = Number(/viewBox="0 0 760 ([\d.]+)"/.exec(chart)![1]);
          for (const [, name = '', text = ''] of chart.matchAll(/ (x|y|x1|x2|y1|y2|cx|cy|r|width|height)="([^"]*)"/g)) {
            const value = Number(text);
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(name.includes('y') || name === 'height' ? height : 760);
          }
          for (const [, points = ''] of chart.matchAll(/points="([^"]*)"/g)) {
            expect(points).toMatch(/^\d+\.\d,\d+\.\d( \d+\.\d,\d+\.\d)*$/);
          }
        }
      }),
      RUNS,
    );
  });

  it('keeps every Markdown table rectangular', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const { markdown } = renderReport(sampleInput({ report }));
        for (const table of markdown.match(/(^\|.*\n)+/gm) ?? []) {
          const widths = table
            .trimEnd()
            .split('\n')
            .map((row) => row.replaceAll(/\\\|/g, '').split('|').length);
          expect(new Set(widths).size).toBe(1);
        }
      }),
      RUNS,
    );
  });

  it('is the same for the same', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        expect(renderReport(sampleInput({ report }))).toEqual(renderReport(structuredClone(sampleInput({ report }))));
      }),
      { numRuns: 10 },
    );
  });
});

describe('names from outside', () => {
  const named = (name: string): { markdown: string; html: string } =>
    renderReport(sampleInput({ model: sampleModel(sampleReport(), { name }) }));

  it('are text in HTML', () => {
    const { html } = named('<script>alert("1")</script> & co');
    expect(html).not.toContain('<script');
    expect(html).toContain('<title>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; co</title>');
  });

  it('are text in Markdown', () => {
    expect(named('<script>|*x*_y_`').markdown.split('\n')[0]).toBe('# &lt;script>\\|\\*x\\*\\_y\\_\\`');
    expect(named('[click](javascript:alert(1))').markdown.split('\n')[0]).toBe('# [click\\](javascript:alert(1))');
    expect(named('a\n\n## b').markdown.split('\n')[0]).toBe('# a ## b');
  });

  it('cannot turn the direction of what follows', () => {
    expect(named('safe\u202etxt').html).not.toContain('\u202e');
  });

  it('cannot end a code block', () => {
    const recipe: Recipe = { ...SAMPLE_RECIPE, source: { kind: 'file', path: '```\n# x', normalizer: null } };
    const { markdown, html } = renderReport(sampleInput({ recipe }));
    expect(markdown).toContain('````json\n');
    expect(html).toContain('<pre class="json">');
  });
});

describe('what is said', () => {
  const markdownOf = (...input: Parameters<typeof sampleInput>): string =>
    renderReport(sampleInput(...input)).markdown.replaceAll('\u00a0', ' ');

  it('explains low agreement with an equal return', () => {
    expect(markdownOf()).toMatch(/50\.4 % of 2 000 states .*another way of playing, not damage/);
  });

  it('warns that distilled outputs are no Q-values, of DQN only', () => {
    const warning = 'no longer calibrated Q-values';
    expect(markdownOf()).toContain(warning);
    const { description } = sampleModel(sampleReport());
    const ppo = sampleModel(sampleReport(), { description: { ...description, algorithm: 'ppo' } });
    expect(markdownOf({ model: ppo })).not.toContain(warning);
  });

  it('warns of zeros only where they remain', () => {
    const warning = 'Most runtimes multiply by zeros';
    expect(markdownOf()).not.toContain(warning);
    const report = reportWithZeros();
    expect(markdownOf({ report, model: sampleModel(report) })).toContain(
      `47 weights of the remaining network are zero. ${warning}`,
    );
  });

  it('lists every file with its size, and how each format was checked', () => {
    const markdown = markdownOf();
    expect(markdown).toContain('| `policy.onnx` | 1 204 B |');
    expect(markdown).toContain('| ONNX | onnxruntime-node 1.30.0 | 1 000 states | 2.4 × 10⁻⁷ | 0 | 8.4 µs |');
    expect(markdown).toContain('| TensorFlow.js | tfjs-layers 4.22.0 | 1 000 states | 0 | 3 | not measured |');
  });

  it('carries the recipe as it was', () => {
    const code = /```json\n(.*?)\n```/s.exec(renderReport(sampleInput()).markdown)![1]!;
    expect(JSON.parse(code)).toEqual(SAMPLE_RECIPE);
  });

  it('gives the last seed of a range, not the one behind', () => {
    expect(markdownOf()).toContain('| Test | 2 000 000 … 2 000 099 |');
  });

  it('describes pruning by hand by its choices', () => {
    const recipe: Recipe = {
      ...SAMPLE_RECIPE,
      method: {
        kind: 'manual',
        criterion: 'lamp',
        amount: { kind: 'sparsity', sparsity: 0.9 },
        allocation: 'global',
        layers: { dense_2: { sparsity: 0.5 }, q: 'locked' },
        multiple: 8,
        schedule: 'iterative',
        steps: 5,
        recovery: { method: 'fine-tune', updates: 2000 },
        rewind: 'weights',
      },
    };
    expect(markdownOf({ recipe, report: sampleReport({ keep: null, method: 'manual', trials: [] }) })).toMatch(
      /criterion `lamp`; 90\.0 % of the neurons .* `global`, `dense_2` losing 50\.0 % of its own, `q` left whole, in multiples of 8 on the schedule `iterative` in 5 steps\. Recovery: `fine-tune` with 2 000 updates; after every cut its learning rate began again, from the weights of the dense policy\. What is left/,
    );
  });

  it('describes a pattern by what it allows', () => {
    const amount = { kind: 'sparsity', sparsity: 0.5 } as const;
    const recovery = { method: 'none', updates: 0 };
    const choices = {
      criterion: 'taylor',
      amount,
      allocation: 'global',
      layers: {},
      multiple: 1,
      schedule: 'one-shot',
      steps: 1,
      recovery,
      rewind: 'nothing' as const,
    };
    const recipe: Recipe = { ...SAMPLE_RECIPE, granularity: '2:4', method: { kind: 'manual', ...choices } };
    expect(markdownOf({ recipe, report: sampleReport({ keep: null, method: 'manual', trials: [] }) })).toMatch(
      /The weights were ranked by .* 50\.0 % of the weights .* Recovery: `none`\. Of every 4 consecutive inputs of a unit at most 2 stayed connected\. What is left/,
    );
  });

  it('tells both stages of a hybrid apart', () => {
    const trials = sampleReport().trials.map((trial, i) => ({ ...trial, granularity: i === 0 ? 'unit' : 'weight' }));
    const report = sampleReport({ granularity: 'hybrid', trials });
    const automatic = markdownOf({ recipe: { ...SAMPLE_RECIPE, granularity: 'hybrid' }, report });
    expect(automatic).toMatch(/removed first the neurons and channels .* then single weights of what these had left/);
    expect(automatic).toMatch(/\| Weights removed +\| By +\| Weights left/);
    expect(automatic).toMatch(/\| +90\.0 % +\| units +\| +802/);
    expect(automatic).toMatch(/\| +99\.02 % +\| weights +\| +20/);
    expect(automatic).toContain('The largest share of the weights');
  });

  it('is shorter without pruning, and claims no measurement', () => {
    const markdown = markdownOf({ report: null });
    expect(markdown).toContain('exported as it is');
    expect(markdown).toContain('Return and speed were not measured again');
    expect(markdown).not.toContain('## Before and after');
  });
});
