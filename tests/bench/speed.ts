// `npm run bench`: our updates, inference and training beside PyTorch, ONNX Runtime and Stable-Baselines3, in one run.
// Writes docs/bench/speed.{json,md,svg}; with --quick, too short to mean anything, out/bench/ instead.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { toProblem } from '../../src-main/contract/secateur-error.ts';
import { loadKernelBackend } from '../../src-main/workers/load-kernels.ts';
import { collectVersions, describeMachine } from './speed/machine.ts';
import { Peer } from './speed/peer.ts';
import { preparePython } from './speed/python-environment.ts';
import { reportOf, rowOf } from './speed/report.ts';
import { measureRounds, type Rounds } from './speed/rounds.ts';
import { plotScaling } from './speed/scaling-plot.ts';
import { measureScaling } from './speed/scaling.ts';
import { compare, type ComparisonResult, type Work, type WorkContext } from './speed/work.ts';
import { wholeRun, WORKS } from './speed/works.ts';

const { values: options } = parseArgs({
  options: {
    /** To see that the benchmark itself works. */
    quick: { type: 'boolean', default: false },
    /** Rounds of the whole CartPole run, about a minute each. */
    'whole-runs': { type: 'string', default: '1' },
  },
});
const ROUNDS = options.quick ? { rounds: 1, seconds: 0.1 } : { rounds: 5, seconds: 0.75 };
const TRIAL_SECONDS = options.quick ? 0.02 : 0.2;
const WHOLE_RUNS = z.coerce.number().int().min(1).parse(options['whole-runs']);
const STEPS = options.quick ? 3000 : 50_000;
const folder = new URL(options.quick ? '../../out/bench/' : '../../docs/bench/', import.meta.url);

const print = (line: string): void => void process.stdout.write(`${line}\n`);

interface Outcome {
  readonly results: readonly ComparisonResult[];
  readonly notes: readonly string[];
}

async function measure({ name, comparisons, prepare }: Work, context: WorkContext, rounds: Rounds): Promise<Outcome> {
  const { contestants, notes, dispose } = await prepare(context);
  const times = await measureRounds(contestants, rounds);
  await dispose();
  const results = comparisons.map((comparison) => compare(name, comparison, times));
  for (const result of results) print(rowOf(result));
  for (const note of notes) print(`    ${note}`);
  return { results, notes };
}

async function main(): Promise<void> {
  const machine = describeMachine();
  const python = preparePython();
  const peer = new Peer(python);
  const backend = loadKernelBackend();
  const versions = await collectVersions(peer, backend);
  for (const [name, value] of Object.entries({ ...machine, ...versions })) print(`${name}: ${value}`);

  const context = { backend, peer, trialSeconds: TRIAL_SECONDS };
  const outcomes = new Map<string, Outcome>();
  for (const work of WORKS) outcomes.set(work.name, await measure(work, context, ROUNDS));
  const whole = wholeRun(python, STEPS);
  outcomes.set(whole.name, await measure(whole, context, { rounds: WHOLE_RUNS, seconds: 0 }));
  const scaling = await measureScaling(context, ROUNDS);
  peer.close();

  const results = [...outcomes.values()].flatMap((outcome) => outcome.results);
  const record = {
    machine,
    versions,
    rounds: ROUNDS.rounds,
    secondsPerRound: ROUNDS.seconds,
    wholeRuns: WHOLE_RUNS,
    results,
    notes: Object.fromEntries([...outcomes].map(([name, { notes }]) => [name, notes])),
    scaling,
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL('speed.json', folder), `${JSON.stringify(record, null, 2)}\n`);
  writeFileSync(new URL('speed.md', folder), reportOf(record));
  writeFileSync(new URL('speed.svg', folder), plotScaling(scaling));
  print(`written to ${fileURLToPath(folder)}`);

  const missed = results.filter(({ reached }) => !reached).length;
  if (missed > 0 && !options.quick) {
    process.stderr.write(`${missed} of ${results.length} targets are missed\n`);
    process.exitCode = 1;
  }
}

try {
  await main();
} catch (thrown) {
  const { message, hint } = toProblem(thrown);
  process.stderr.write(`${message}\n${hint}\n`);
  process.exit(1); // the peer, if it runs, waits for questions
}
