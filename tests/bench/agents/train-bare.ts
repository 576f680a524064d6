// Training and nothing else, in a process of its own: `train-bare.ts TEMPLATE STEPS SEED`. Prints one line of JSON.
import { performance } from 'node:perf_hooks';
import { DEFAULT_SEED_RANGES } from '../../../src-main/contract/evaluation.ts';
import { trainRecipeSchema } from '../../../src-main/contract/recipe.ts';
import { createAgent } from '../../../src-main/engine/agents/create-agent.ts';
import { templates } from '../../../src-main/engine/agents/templates.ts';
import { environments } from '../../../src-main/engine/environments/registry.ts';
import { VectorEnvironment } from '../../../src-main/engine/environments/vector-environment.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { TrainingLoop } from '../../../src-main/engine/training/training-loop.ts';
import { loadKernelBackend } from '../../../src-main/workers/load-kernels.ts';

const EPISODES_REPORTED = 100;

const [id, stepsText, seedText] = process.argv.slice(2) as [string, string, string];
const [steps, seed] = [Number(stepsText), Number(seedText)];

const start = performance.now();
const template = templates.get(id);
const environment = environments.get(template.environment);
const recipe = trainRecipeSchema.parse({
  kind: 'train',
  version: 1,
  seed,
  backend: 'kernels',
  algorithm: template.algorithm,
  environment: template.environment,
  seeds: DEFAULT_SEED_RANGES,
  steps,
  [template.algorithm]: template.config,
  pruning: null,
  export: null,
});
const backend = loadKernelBackend();
const { agent, environments: count } = createAgent({ recipe, environment, backend, random: new Random(seed) });
const returns: number[] = [];
const loop = new TrainingLoop({
  agent,
  environment: new VectorEnvironment(environment, count),
  totalSteps: steps,
  seeds: recipe.seeds.train,
  observers: [{ onEpisode: ({ episodeReturn }) => void returns.push(episodeReturn) }],
});
while (loop.advance());
const seconds = (performance.now() - start) / 1000;

const last = returns.slice(-EPISODES_REPORTED);
const lastReturn = last.reduce((sum, value) => sum + value, 0) / last.length;
process.stdout.write(`${JSON.stringify({ seconds, updates: loop.update, lastReturn })}\n`);
