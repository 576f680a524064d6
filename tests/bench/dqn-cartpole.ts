// Trains DQN on CartPole-v1 with rl-baselines3-zoo's settings, five seeds, and writes the learning curves to docs/bench/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { DEFAULT_SEED_RANGES } from '../../src-main/contract/evaluation.ts';
import { DqnAgent } from '../../src-main/engine/agents/dqn/agent.ts';
import { dqnTemplates } from '../../src-main/engine/agents/dqn/config.ts';
import { freshDqnModel } from '../../src-main/engine/agents/dqn/network.ts';
import { environments } from '../../src-main/engine/environments/registry.ts';
import { VectorEnvironment } from '../../src-main/engine/environments/vector-environment.ts';
import { modelPolicy } from '../../src-main/engine/evaluation/policy.ts';
import { runEpisodes } from '../../src-main/engine/evaluation/run-episodes.ts';
import { takeSeeds } from '../../src-main/engine/evaluation/seeds.ts';
import type { PolicyModel } from '../../src-main/engine/networks/model.ts';
import { Random } from '../../src-main/engine/random/random.ts';
import type { CurvePoint } from '../../src-main/engine/training/best-policies.ts';
import { PeriodicEvaluation } from '../../src-main/engine/training/periodic-evaluation.ts';
import { TrainingLoop } from '../../src-main/engine/training/training-loop.ts';
import type { TrainingObserver } from '../../src-main/engine/training/training-observer.ts';
import { loadKernelBackend } from '../../src-main/workers/load-kernels.ts';
import { plotLearningCurves } from './learning-curves-plot.ts';

const SEEDS = [1, 2, 3, 4, 5];
const SOLVED = 475; // Gymnasium's threshold for CartPole-v1
const EVALUATE_EVERY = 1000;
const VALIDATION_EPISODES = 20;
const TEST_EPISODES = 100;

const { config, totalSteps, environment: id } = dqnTemplates.get('zoo-cartpole');
const definition = environments.get(id);
const backend = loadKernelBackend();

interface Result {
  readonly seed: number;
  /** Mean returns of greedy episodes on validation seeds. */
  readonly curve: readonly CurvePoint[];
  /** Mean return on test seeds: of the policy after the last step, and of the best on validation seeds. */
  readonly final: number;
  readonly best: number;
  readonly bestStep: number;
}

function meanReturn(model: PolicyModel, seeds: readonly number[]): number {
  const instance = backend.instantiate(model.description.network, model.parameters, { maxBatch: seeds.length });
  const policy = modelPolicy(instance, model.description);
  const { returns } = runEpisodes({ environment: definition, policy, seeds, parallel: seeds.length });
  instance.dispose();
  return returns.reduce((sum, value) => sum + value, 0) / returns.length;
}

function train(seed: number): Result {
  const random = new Random(seed);
  const model = freshDqnModel(config, definition, random.fork());
  const agent = new DqnAgent({ config, model, environments: 1, totalSteps, backend, random: random.fork() });
  const validation = takeSeeds(DEFAULT_SEED_RANGES.validation, VALIDATION_EPISODES);
  const evaluation = new PeriodicEvaluation({
    agent,
    every: EVALUATE_EVERY,
    evaluate: (policy) => meanReturn(policy, validation),
  });
  const observers: TrainingObserver[] = [evaluation];
  // Every run has training episodes of its own.
  const seeds = { first: DEFAULT_SEED_RANGES.train.first + seed * 100_000, count: 100_000 };
  const environment = new VectorEnvironment(definition, 1);
  const loop = new TrainingLoop({ agent, environment, totalSteps, seeds, observers });
  while (loop.advance());

  const test = takeSeeds(DEFAULT_SEED_RANGES.test, TEST_EPISODES);
  const best = evaluation.best!;
  const result = {
    seed,
    curve: evaluation.curve,
    final: meanReturn(agent.model(), test),
    best: meanReturn(best.model, test),
    bestStep: best.step,
  };
  agent.dispose();
  return result;
}

function print(...columns: readonly (string | number)[]): void {
  process.stdout.write(`${columns.map((column) => String(column).padStart(12)).join('')}\n`);
}

print('seed', 'final', 'best', 'best at', 'seconds');
const results = SEEDS.map((seed) => {
  const start = performance.now();
  const result = train(seed);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  print(seed, result.final.toFixed(1), result.best.toFixed(1), result.bestStep, seconds);
  return result;
});
const solvedBy = (which: 'final' | 'best'): number => results.filter((result) => result[which] >= SOLVED).length;
print('', `${solvedBy('final')} of 5`, `${solvedBy('best')} of 5`, `≥ ${SOLVED}`);

const folder = new URL('../../docs/bench/', import.meta.url);
mkdirSync(folder, { recursive: true });
const record = { environment: id, totalSteps, config, backend: backend.version, results };
writeFileSync(new URL('dqn-cartpole.json', folder), `${JSON.stringify(record, null, 2)}\n`);
const plot = plotLearningCurves({
  title: `DQN on ${id}: mean return of ${VALIDATION_EPISODES} greedy episodes`,
  yLabel: 'mean return',
  xMax: totalSteps,
  yMax: 500,
  threshold: SOLVED,
  curves: results.map(({ seed, curve }) => ({
    name: `seed ${seed}`,
    points: curve.map(({ step, score }) => [step, score] as const),
  })),
});
writeFileSync(new URL('dqn-cartpole.svg', folder), plot);
if (solvedBy('best') < 3) {
  process.stderr.write(`fewer than 3 of 5 seeds reach ${SOLVED}\n`);
  process.exitCode = 1;
}
