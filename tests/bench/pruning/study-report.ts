// The study as Markdown.
import { GRANULARITIES, RECOVERIES, SPARSITIES, type Finding, type Pruned } from './study-cells.ts';
import type { Aggregate, CriterionRow } from './study-statistics.ts';

const percent = (share: number): string => (100 * share).toFixed(0).replace('-', '−');
const seconds = (value: number): string => value.toFixed(value < 0.095 ? 2 : value < 9.5 ? 1 : 0);

const cell = ({ interquartileMean, low, high }: Aggregate): string =>
  `${percent(interquartileMean)} [${percent(low)}, ${percent(high)}]`;

function table(rows: readonly CriterionRow[], recovery: Pruned['recovery']): string[] {
  const lines = rows
    .filter(({ kept }) => kept[recovery] !== undefined)
    .map(({ criterion, kept, seconds: cost }) => {
      const price = cost === null ? 'trains' : `${seconds(cost.least)} – ${seconds(cost.most)}`;
      return `| ${[criterion, ...kept[recovery]!.map(cell), price].join(' | ')} |`;
    });
  return [
    `| criterion | ${SPARSITIES.map((sparsity) => `${percent(sparsity)} %`).join(' | ')} | seconds |`,
    `|---${'|---'.repeat(SPARSITIES.length + 1)}|`,
    ...lines,
    '',
  ];
}

/** The largest sparsity at which an agent keeps 95 %, by the worst of its seeds. */
function reachOf(findings: readonly Finding[], recovery: Pruned['recovery']): number | null {
  const held = SPARSITIES.filter((sparsity) =>
    findings.every(({ pruned }) =>
      pruned.every((one) => one.recovery !== recovery || one.sparsity !== sparsity || one.kept >= 0.95),
    ),
  );
  return held.at(-1) ?? null;
}

/** By agent, which criterion goes furthest: what an interquartile mean over agents does not show. */
function furthest(findings: readonly Finding[], agents: readonly string[]): string[] {
  const rows = GRANULARITIES.flatMap((granularity) =>
    RECOVERIES.flatMap((recovery) =>
      agents.map((agent) => {
        const own = findings.filter(
          (one) =>
            one.agent === agent &&
            one.granularity === granularity &&
            one.pruned.some((pruned) => pruned.recovery === recovery),
        );
        const criteria = [...new Set(own.map(({ criterion }) => criterion))];
        const reached = criteria.map((criterion) => ({
          criterion,
          reach: reachOf(
            own.filter((one) => one.criterion === criterion),
            recovery,
          ),
        }));
        const most = Math.max(...reached.map(({ reach }) => reach ?? 0));
        const best = reached.filter(({ reach }) => reach === most && most > 0).map(({ criterion }) => criterion);
        return `| ${agent} | ${granularity}s | ${recovery} | ${most > 0 ? `${percent(most)} %` : 'none'} | ${best.join(', ') || '–'} |`;
      }),
    ),
  );
  return ['| agent | removed | recovery | furthest | by |', '|---|---|---|---|---|', ...rows, ''];
}

export function studyReport(findings: readonly Finding[], rows: readonly CriterionRow[]): string {
  const agents = [...new Set(findings.map(({ agent }) => agent))];
  const seeds = new Set(findings.map(({ seed }) => seed)).size;
  return [
    '# Every criterion, at every sparsity, with and without recovery',
    '',
    'Made by `npm run bench:pruning` (pruning-study.jsonl has every number).',
    `${agents.join(', ')}; ${seeds} seeds, which`,
    'choose the episodes that criteria look at, the states of distillation and 100 test episodes of their own. Cut all at once,',
    'weights ranked over all layers (`global`), neurons in every layer (`uniform`). Kept is the share of the dense return in',
    'percent, as reports have it; the interquartile mean over agents and seeds with its 95 % interval, from a bootstrap that',
    'resamples the seeds of every agent. Seconds: processor time of one scoring, least and most over the agents.',
    '',
    '![Kept return by sparsity](pruning-study.svg)',
    '',
    ...GRANULARITIES.flatMap((granularity) =>
      RECOVERIES.flatMap((recovery) => [
        `## ${granularity === 'weight' ? 'Weights' : 'Neurons'}, ${recovery === 'none' ? 'without recovery' : '2000 updates of distillation'}`,
        '',
        ...table(
          rows.filter((row) => row.granularity === granularity),
          recovery,
        ),
      ]),
    ),
    '## How far each agent goes',
    '',
    'The largest sparsity at which an agent keeps 95 % of its return with every seed, and the criteria that get there.',
    '',
    ...furthest(findings, agents),
  ].join('\n');
}
