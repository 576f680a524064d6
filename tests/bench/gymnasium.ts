// `npm run bench:gymnasium -- PYTHON`: steps per second through the bridge beside those of the same loop in Python, with
// random actions; and processor time per step, which says more on a machine that does other things as well.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { gymnasiumName } from '../../src-main/contract/gymnasium-id.ts';
import type { Action } from '../../src-main/engine/environments/environment.ts';
import { VectorEnvironment } from '../../src-main/engine/environments/vector-environment.ts';
import { Random } from '../../src-main/engine/random/random.ts';
import { openGymnasium } from '../../src-main/workers/gymnasium/open-gymnasium.ts';

const python = process.argv[2] ?? 'python3';
const WORLDS = [
  { id: 'gym:CartPole-v1', steps: 100_000 },
  { id: 'gym:HalfCheetah-v5', steps: 20_000 },
  { id: 'gym:ALE/Pong-v5?atari', steps: 4000 },
] as const;
const PATIENCE = { step: 60_000, make: 300_000 };

const PLAIN = `
import sys, time
import gymnasium as gym
name, steps, atari = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "true"
if atari:
    import ale_py
    gym.register_envs(ale_py)
env = gym.make(name, disable_env_checker=True, **({"frameskip": 1} if atari else {}))
if atari:
    env = gym.wrappers.FrameStackObservation(gym.wrappers.AtariPreprocessing(env), 4)
env.reset(seed=0)
actions = [env.action_space.sample() for _ in range(1000)]
began, processor = time.perf_counter(), time.process_time()
for i in range(steps):
    _, _, terminated, truncated, _ = env.step(actions[i % 1000])
    if terminated or truncated:
        env.reset(seed=i)
print(time.perf_counter() - began, time.process_time() - processor)
`;

interface Measured {
  readonly seconds: number;
  readonly processor: number;
}

function plain(id: string, steps: number): Measured {
  const output = execFileSync(python, ['-c', PLAIN, gymnasiumName(id), String(steps), String(id.endsWith('?atari'))]);
  const [seconds, processor] = output.toString().trim().split(' ').map(Number);
  return { seconds: seconds!, processor: processor! };
}

/** Of all children, in seconds. Linux counts in hundredths. */
function processorOfChildren(): number {
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      if (Number(fields[1]) === process.pid) ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It has just ended.
    }
  }
  return ticks / 100;
}

function bridged(id: string, count: number, steps: number): Measured {
  const { definition, close } = openGymnasium(id, { python, patience: PATIENCE });
  const { actionSpace } = definition;
  const random = new Random(0);
  const act = (): Action =>
    actionSpace.kind === 'discrete'
      ? random.integer(actionSpace.n)
      : Float32Array.from(actionSpace.low, (low, i) => random.between(low, actionSpace.high[i]!));
  const vector = new VectorEnvironment(definition, count);
  for (let index = 0; index < count; index++) vector.reset(index, index);
  const [began, before, children] = [performance.now(), process.cpuUsage(), processorOfChildren()];
  for (let step = 0; step < steps / count; step++) {
    vector.step(Array.from({ length: count }, act));
    for (let index = 0; index < count; index++) if (vector.active[index] === 0) vector.reset(index, count + step);
  }
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(before);
  const processor = (user + system) / 1e6 + processorOfChildren() - children;
  close();
  return { seconds, processor };
}

for (const { id, steps } of WORLDS) {
  const say = (what: string, { seconds, processor }: Measured): void => {
    const perStep = ((1e6 * processor) / steps).toFixed(1);
    console.log(
      `${id.padEnd(24)}${what.padEnd(12)}${String(Math.round(steps / seconds)).padStart(8)} steps/s  ${perStep.padStart(7)} µs of processor`,
    );
  };
  say('Python', plain(id, steps));
  for (const count of [1, 8, 64]) say(`bridge, ${count}`, bridged(id, count, steps));
}
