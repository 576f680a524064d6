// Trains DQN on CartPole-v1 in a process of its own: `train-cartpole.ts STEPS SEED`. Prints one line of JSON.
import { performance } from 'node:perf_hooks';
import { DEFAULT_SEED_RANGES } from '../../src-main/contract/evaluation.ts';
import { DqnAgent } from '../../src-main/engine/agents/dqn/agent.ts';
import { dqnTemplates } from '../../src-main/engine/agents/dqn/config.ts';
import { freshDqnModel } from '../../src-main/engine/agents/dqn/network.ts';
import { environments } from '../../src-main/engine/environments/registry.ts';
import { VectorEnvironment } from '../../src-main/engine/environments/vector-environment.ts';
import { Random } from '../../src-main/engine/random/random.ts';
import { TrainingLoop } from '../../src-main/engine/training/training-loop.ts';
import { loadKernelBackend } from '../../src-main/workers/load-kernels.ts';

const [totalSteps, seed] = process.argv.slice(2).map(Number) as [number, number];
const EPISODES_REPORTED = 100;

const start = performance.now();
const { config, environment: id } = dqnTemplates.get('zoo-cartpole');
const definition = environments.get(id);
const random = new Random(seed);
const model = freshDqnModel(config, definition, random.fork());
const backend = loadKernelBackend();
const agent = new DqnAgent({ config, model, environments: 1, totalSteps, backend, random: random.fork() });
const returns: number[] = [];
const loop = new TrainingLoop({
  agent,
  environment: new VectorEnvironment(definition, 1),
  totalSteps,
  seeds: DEFAULT_SEED_RANGES.train,
  observers: [{ onEpisode: ({ episodeReturn }) => void returns.push(episodeReturn) }],
});
while (loop.advance());
const seconds = (performance.now() - start) / 1000;

const last = returns.slice(-EPISODES_REPORTED);
const lastReturn = last.reduce((sum, value) => sum + value, 0) / last.length;
process.stdout.write(`${JSON.stringify({ seconds, updates: loop.update, lastReturn })}\n`);
