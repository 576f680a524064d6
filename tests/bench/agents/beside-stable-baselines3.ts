// Whole PPO runs beside Stable-Baselines3 with the same settings, both without evaluations: wall clock of training alone.
import { fileURLToPath } from 'node:url';
import { templates } from '../../../src-main/engine/agents/templates.ts';
import { describeMachine, type Machine } from '../speed/machine.ts';
import { measureRounds } from '../speed/rounds.ts';
import { wholeRunWork, type WholeRunWork } from '../speed/whole-run.ts';
import { compare, type ComparisonResult } from '../speed/work.ts';

const SEED = 1;
const TARGET = 0.35;
/** Beyond what the benchmark of speed needs. */
export const PACKAGES_OF_PEER = ['box2d==2.3.10', 'pygame'];

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

function ppoRun(id: string, steps: number, python: string): WholeRunWork {
  const { environment, config } = templates.get(id);
  const settings = JSON.stringify(config);
  return wholeRunWork(`PPO on ${environment}, rl-baselines3-zoo, ${steps.toLocaleString('en')} steps`, {
    python,
    target: TARGET,
    ours: [path('train-bare.ts'), id, steps, SEED],
    theirs: (threads) => [path('peer_ppo.py'), environment, steps, threads, SEED, settings],
  });
}

export interface BesideRecord {
  readonly machine: Machine;
  readonly rounds: number;
  readonly results: readonly ComparisonResult[];
  /** By work. */
  readonly notes: Readonly<Record<string, readonly string[]>>;
}

/** @param steps of every run */
export async function besideStableBaselines3(
  python: string,
  { rounds, steps }: { readonly rounds: number; readonly steps: number },
): Promise<BesideRecord> {
  const machine = describeMachine();
  const results: ComparisonResult[] = [];
  const notes: Record<string, readonly string[]> = {};
  for (const work of ['zoo-ppo-cartpole', 'zoo-ppo-lunar-lander'].map((id) => ppoRun(id, steps, python))) {
    const { contestants, notes: own } = await work.prepare();
    const times = await measureRounds(contestants, { rounds, seconds: 0 });
    results.push(...work.comparisons.map((comparison) => compare(work.name, comparison, times)));
    notes[work.name] = own;
  }
  return { machine, rounds, results, notes };
}
