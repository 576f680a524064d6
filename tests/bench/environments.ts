// `npm run bench:environments`: steps per second of every environment that is built in, one world on one core with random
// actions, beside Gymnasium and MinAtar in Python. Seconds are those of the processor, so that a machine that does other
// things as well tells the same. Writes docs/bench/environments.{json,md}.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { toProblem } from '../../src-main/contract/secateur-error.ts';
import type { Action, EnvironmentDefinition } from '../../src-main/engine/environments/environment.ts';
import { environments } from '../../src-main/engine/environments/registry.ts';
import { VectorEnvironment } from '../../src-main/engine/environments/vector-environment.ts';
import { Random } from '../../src-main/engine/random/random.ts';
import { describeMachine } from './speed/machine.ts';
import { makePython } from './speed/python-environment.ts';
import { measureRounds, median, type Contestant } from './speed/rounds.ts';

const { values: options } = parseArgs({
  options: {
    /** A Python that has gymnasium[box2d] and minatar, instead of one that is made. */
    python: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    /** Of every environment and side in every round. */
    seconds: { type: 'string', default: '0.5' },
  },
});
const ROUNDS = { rounds: z.coerce.number().int().min(1).parse(options.rounds), seconds: Number(options.seconds) };
const PACKAGES = ['gymnasium[box2d]==1.4.0', 'MinAtar==1.0.15'];
const PEER = fileURLToPath(new URL('environments/peer_environments.py', import.meta.url));
const folder = new URL('../../docs/bench/', import.meta.url);

/** All that are built in but the MinAtar games with moves that do nothing. */
const IDS = environments.ids.filter((id) => !/^MinAtar\/.*-v0$/.test(id));

/** Steps between two looks at the clock. */
const STRETCH = 100;

const answerSchema = z.object({ microseconds: z.number(), versions: z.record(z.string(), z.string()) });

function ours(definition: EnvironmentDefinition): Contestant {
  const { actionSpace } = definition;
  const random = new Random(0);
  const actions = Array.from({ length: 1000 }, (): readonly [Action] =>
    actionSpace.kind === 'discrete'
      ? [random.integer(actionSpace.n)]
      : [Float32Array.from(actionSpace.low, (low, i) => random.between(low, actionSpace.high[i]!))],
  );
  const vector = new VectorEnvironment(definition, 1);
  let [step, episode] = [0, 0];
  vector.reset(0, episode);
  /** Microseconds per step, over so many seconds of the processor. */
  const play = (seconds: number): number => {
    const before = process.cpuUsage();
    for (let done = STRETCH; ; done += STRETCH) {
      for (let i = 0; i < STRETCH; i++) {
        vector.step(actions[step++ % actions.length]!);
        if (vector.active[0] === 0) vector.reset(0, ++episode);
      }
      const { user, system } = process.cpuUsage(before);
      if (user + system >= 1e6 * seconds) return (user + system) / done;
    }
  };
  return {
    name: 'ours',
    measure: (seconds) => {
      play(seconds / 5);
      return Promise.resolve(play(seconds));
    },
  };
}

/** A process of its own every time, which gets warm before it measures. */
function theirs(python: string, id: string, versions: Record<string, string>): Contestant {
  return {
    name: 'theirs',
    measure: (seconds) => {
      const output = execFileSync(python, [PEER, id, String(seconds)], { encoding: 'utf8' });
      const answer = answerSchema.parse(JSON.parse(output));
      Object.assign(versions, answer.versions);
      return Promise.resolve(answer.microseconds);
    },
  };
}

const perSecond = (microseconds: number): string => Math.round(1e6 / microseconds).toLocaleString('en');

async function main(): Promise<void> {
  const python = options.python ?? makePython(new URL('environments/.venv/', import.meta.url), PACKAGES, '150 MB');
  const machine = describeMachine();
  const versions: Record<string, string> = { 'Node.js': process.versions.node };
  const results = [];
  const lines = [
    '| environment | ours, steps/s | Python, steps/s | ours ÷ theirs (median [min, max]) |',
    '|---|---|---|---|',
  ];
  for (const line of lines) console.log(line);
  for (const id of IDS) {
    const sides = [ours(environments.get(id)), theirs(python, id, versions)];
    const times = await measureRounds(sides, ROUNDS);
    const ratios = times.theirs!.map((microseconds, round) => microseconds / times.ours![round]!);
    const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
    const cells = [id, perSecond(median(times.ours!)), perSecond(median(times.theirs!))];
    const line = `| ${cells.join(' | ')} | **${median(ratios).toFixed(1)}** [${least.toFixed(1)}, ${most.toFixed(1)}] |`;
    console.log(line);
    lines.push(line);
    results.push({ id, oursMicroseconds: times.ours, theirsMicroseconds: times.theirs, ratio: median(ratios) });
  }
  const { processor, cores, system, loadBefore } = machine;
  const page = [
    '# How fast the environments step',
    '',
    'One world on one core, random actions, episodes reset within the time, every step observed: `npm run bench:environments`.',
    `Sides in turn, medians of ${String(ROUNDS.rounds)} rounds of ${String(ROUNDS.seconds)} s, in seconds of the processor.`,
    '',
    ...lines,
    '',
    `${processor}, ${String(cores)} cores, ${system}; load ${loadBefore.toFixed(1)} before the run${loadBefore < 1 ? '' : ': a busy machine, so these figures are preliminary'}.`,
    `${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}.`,
    '',
  ];
  writeFileSync(
    new URL('environments.json', folder),
    `${JSON.stringify({ machine, versions, ...ROUNDS, results }, null, 2)}\n`,
  );
  writeFileSync(new URL('environments.md', folder), page.join('\n'));
}

try {
  await main();
} catch (thrown) {
  const { message, hint } = toProblem(thrown);
  process.stderr.write(`${message}\n${hint}\n`);
  process.exitCode = 1;
}
