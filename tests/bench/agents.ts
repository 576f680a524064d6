// `npm run bench:agents`: trains with every template's settings, three seeds each, and writes docs/bench/agents.{json,md,svg}.
// What is in agents.json is not trained again, so it can be interrupted at any time and goes on where it was.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { z } from 'zod';
import { besideStableBaselines3, PACKAGES_OF_PEER, type BesideRecord } from './agents/beside-stable-baselines3.ts';
import { CELLS, SEEDS, type Cell } from './agents/cells.ts';
import { plotCurves } from './agents/curves-plot.ts';
import { isOf, readRecord, trainedCellSchema, writeRecord, type TrainedCell } from './agents/record.ts';
import { reached, reportOf, tableOf, type Row } from './agents/report.ts';
import { preparePython } from './speed/python-environment.ts';
import { rowOf } from './speed/report.ts';

const { values: options } = parseArgs({
  options: {
    /** Agents that are trained at the same time. */
    processes: { type: 'string', default: '1' },
    /** Only templates whose id has this in it. */
    only: { type: 'string', default: '' },
    /** Train nothing, write the report of what there is. */
    report: { type: 'boolean', default: false },
    /** Train nothing for the table, but measure whole runs beside Stable-Baselines3. */
    speed: { type: 'boolean', default: false },
    /** Of these runs. */
    rounds: { type: 'string', default: '1' },
    steps: { type: 'string', default: '100000' },
    /** A Python that has Stable-Baselines3, PyTorch and Box2D already; without it, one is made. */
    python: { type: 'string' },
    /** To see that the benchmark itself works: a few steps, and out/bench instead of docs/bench. */
    quick: { type: 'boolean', default: false },
  },
});
const PROCESSES = z.coerce.number().int().min(1).parse(options.processes);
const SCRIPT = fileURLToPath(new URL('agents/train-one.ts', import.meta.url));
const folder = fileURLToPath(new URL(options.quick ? '../../out/bench/' : '../../docs/bench/', import.meta.url));
const recordPath = `${folder}agents.json`;
const speedPath = `${folder}agents-speed.json`;
const QUICK_STEPS = 8192;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const stepsOf = ({ template }: Cell): number =>
  options.quick ? Math.max(QUICK_STEPS, 2 * roundOf(template)) : template.totalSteps;
const roundOf = (template: Cell['template']): number =>
  template.algorithm === 'dqn' ? 1 : template.config.nSteps * template.config.environments;

let record = readRecord(recordPath);
const find = (cell: Cell, seed: number): TrainedCell | undefined =>
  record.find((trained) => isOf(trained, cell.template, seed, stepsOf(cell)));

function rows(): Row[] {
  return CELLS.map((cell) => ({
    ...cell,
    trained: SEEDS.map((seed) => find(cell, seed)).filter((trained) => trained !== undefined),
  }));
}

function write(): void {
  const all = rows();
  const kept = all.flatMap(({ trained }) => trained);
  writeRecord(recordPath, kept);
  const speed = existsSync(speedPath) ? (JSON.parse(readFileSync(speedPath, 'utf8')) as BesideRecord) : null;
  writeFileSync(`${folder}agents.md`, reportOf(all, SEEDS.length, speed));
  writeFileSync(`${folder}agents.svg`, plotCurves(all.filter(({ trained }) => trained.length > 0)));
}

async function trainOne(cell: Cell, seed: number): Promise<void> {
  const args = [...process.execArgv, SCRIPT, cell.template.id, String(seed), String(stepsOf(cell))];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 64 * 2 ** 20 });
  const trained = trainedCellSchema.parse(JSON.parse(stdout));
  record = [...record, trained];
  write();
  const { best, last, seconds } = trained;
  print(`${cell.template.id} seed ${seed}: best ${best.mean.toFixed(1)}, last ${last.mean.toFixed(1)}, ${seconds.toFixed(0)} s`); // prettier-ignore
}

if (options.speed) {
  const rounds = z.coerce.number().int().min(1).parse(options.rounds);
  const steps = options.quick ? 4 * QUICK_STEPS : z.coerce.number().int().min(1).parse(options.steps);
  const python = options.python ?? preparePython(PACKAGES_OF_PEER);
  const speed = await besideStableBaselines3(python, { rounds, steps });
  mkdirSync(folder, { recursive: true });
  writeFileSync(speedPath, `${JSON.stringify(speed, null, 2)}\n`);
  for (const result of speed.results) print(rowOf(result));
}

const left = CELLS.filter(({ template }) => template.id.includes(options.only))
  .flatMap((cell) => SEEDS.map((seed) => ({ cell, seed })))
  .filter(({ cell, seed }) => !options.report && !options.speed && find(cell, seed) === undefined);
print(`${left.length} agents to train, ${record.length} are there`);

async function work(): Promise<void> {
  for (let next = left.shift(); next !== undefined; next = left.shift()) await trainOne(next.cell, next.seed);
}
await Promise.all(Array.from({ length: PROCESSES }, work));

write();
const all = rows();
print(`\n${tableOf(all, SEEDS.length).join('\n')}`);
const missed = all.filter((row) => reached(row, SEEDS.length) === false);
if (missed.length > 0 && !options.quick) {
  process.stderr.write(
    `${missed.length} targets are missed: ${missed.map(({ template }) => template.id).join(', ')}\n`,
  );
  process.exitCode = 1;
}
