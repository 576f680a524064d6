// Whatever is wrong with what a person gives, they read one line that says what and what would help, and nothing is made.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pruneRecipe } from '../../contract/recipes.ts';
import { fixture } from '../../engine/formats/fixtures.ts';
import * as pickle from '../../engine/formats/pickle-writer.ts';
import { repackAgent, unpackAgent } from '../../engine/formats/repack-agent.ts';
import { fixtureAgent, sampleAgent } from '../../services/sample-services.ts';
import { outputOf, runCli } from './start-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'secateur-bad-input-'));
const at = (name: string): string => join(folder, name);
const store = at('store');
const taken = at('taken');
const recipe = pruneRecipe({ kind: 'file', path: sampleAgent, normalizer: null });

beforeAll(() => {
  const agent = unpackAgent('dqn-trained.zip');
  const pickleName = Object.keys(agent.weights).find((name) => name.endsWith('data.pkl'))!;
  const storage = Object.keys(agent.weights).find((name) => /\/data\/\d+$/.test(name))!;
  const program = pickle.dump(pickle.reduce(pickle.global('os', 'system'), pickle.tuple('touch owned')));
  const broken = agent.weights[storage]!.slice();
  new DataView(broken.buffer).setFloat32(8, NaN, true);
  const files = {
    'text.zip': new TextEncoder().encode('an agent, honestly'),
    'cut.zip': fixture('dqn-trained.zip').bytes.subarray(0, 3000),
    'bomb.zip': zipSync({ ...agent.entries, 'policy.pth': new Uint8Array(2 ** 25) }),
    'program.zip': repackAgent(agent, { [pickleName]: program }).bytes,
    'nan.zip': repackAgent(agent, { [storage]: broken }).bytes,
    'odd.json': new TextEncoder().encode(JSON.stringify({ ...recipe, sparsty: 0.9 })),
    'not.json': new TextEncoder().encode('{ kind: prune }'),
    'narrow.csv': new TextEncoder().encode('1,2,3\n4,5,6\n'),
    'few.csv': new TextEncoder().encode('1,2,3,4\n5,6,7,8\n'),
    'nowhere.json': new TextEncoder().encode(JSON.stringify({ ...recipe, environment: 'CartPool-v1' })),
  };
  for (const [name, bytes] of Object.entries(files)) writeFileSync(at(name), bytes);
  mkdirSync(taken);
  writeFileSync(join(taken, 'thesis.txt'), 'years of work');
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const prune = (file: string, ...options: string[]): string[] => [
  'prune',
  file.includes('/') ? file : at(file),
  ...['--sparsity', '0.5', '--episodes', '2'],
  ...(options.includes('--env') ? [] : ['--env', 'CartPole-v1']),
  ...(options.includes('--out') ? [] : ['--out', at('out')]),
  ...options,
];

describe('one line, an exit code, and nothing else', () => {
  it.each<[string, number, RegExp, string[]]>([
    ['a missing file', 3, /no file or model ".*missing\.zip"/, prune('missing.zip')],
    ['a folder', 2, /is not a file/, prune('taken')],
    ['a file that is no zip', 2, /"text\.zip" is not a zip/, prune('text.zip')],
    ['a zip that was cut short', 2, /"cut\.zip"/, prune('cut.zip')],
    ['a zip bomb', 5, /"bomb\.zip"/, prune('bomb.zip')],
    ['a pickle that would run a program', 5, /"program\.zip.* asks for "os\.system"/, prune('program.zip')],
    ['weights that are not numbers', 2, /"nan\.zip".*NaN/, prune('nan.zip')],
    ['an algorithm that is not supported', 4, /SAC/, prune(join(process.cwd(), 'tests/fixtures/formats/sac.zip'))],
    [
      'another environment',
      2,
      /observation is \[4\], that of Acrobot-v1 is \[6\]/,
      prune(sampleAgent, '--env', 'Acrobot-v1'),
    ],
    ['an unknown environment', 2, /"CartPool-v1".*CartPole-v1/, prune(sampleAgent, '--env', 'CartPool-v1')],
    ['an environment that nobody named', 2, /--env/, ['evaluate', at('nan.zip')]],
    ['an unknown criterion', 2, /"magnitude".*l1, l2/, prune(sampleAgent, '--criterion', 'magnitude')],
    ['an unknown backend', 2, /"abacus".*kernels/, prune(sampleAgent, '--backend', 'abacus')],
    [
      'a normaliser of another agent',
      2,
      /normalises 6 numbers, the agent observes 4/,
      prune(sampleAgent, '--normalizer', fixtureAgent('a2c-Acrobot-v1.vecnormalize.pkl')),
    ],
    ['a negative λ', 2, /λ.*negative/, ['prune', sampleAgent, '--threshold=-1']],
    ['a sparsity of 1', 2, /below 1/, prune(sampleAgent, '--sparsity', '1')],
    ['a sparsity that is no number', 2, /'half'.*number/, prune(sampleAgent, '--sparsity', 'half')],
    [
      'observations and an environment',
      2,
      /--env and --observations: .*not played/,
      ['prune', sampleAgent, '--env', 'CartPole-v1', '--observations', at('few.csv')],
    ],
    ['two amounts', 2, /one of the two/, prune(sampleAgent, '--threshold', '0.1')],
    [
      'options by hand without an amount',
      2,
      /--recovery: .*--sparsity or --threshold/,
      ['prune', sampleAgent, '--recovery', 'distill'],
    ],
    ['formats without a folder', 2, /--formats: .*--out/, ['prune', sampleAgent, '--formats', 'onnx']],
    ['an unknown option', 2, /--sparsty.*--sparsity/, ['prune', sampleAgent, '--sparsty', '1']],
    ['an unknown command', 2, /'purne'.*prune/, ['purne']],
    ['a folder that is taken', 5, /will not write to .*taken/, prune(sampleAgent, '--out', taken)],
    ['a folder that is taken, with force', 5, /not an earlier export/, prune(sampleAgent, '--out', taken, '--force')],
    ['a folder below a file', 2, /is a file, not a folder/, prune(sampleAgent, '--out', at('text.zip/out'))],
    ['a store below a file', 2, /is a file, not a folder/, ['--store', at('text.zip/store'), 'list']],
    ['a recipe with a field too many', 2, /odd\.json: .*"sparsty"/, ['run', at('odd.json')]],
    ['a recipe that is not JSON', 2, /not\.json: is not JSON/, ['run', at('not.json')]],
    ['a recipe for an unknown environment', 2, /"CartPool-v1"/, ['run', at('nowhere.json')]],
    ['a recipe that is missing', 3, /none\.json" does not exist/, ['run', at('none.json')]],
    [
      'a setting that does not exist',
      2,
      /"learningrate"/,
      ['train', '--env', 'CartPole-v1', '--set', 'learningrate=1'],
    ],
    ['training without settings', 2, /DQN.*zoo-cartpole/, ['train', '--env', 'Pendulum-v1', '--algorithm', 'dqn']],
    [
      'an algorithm that nobody knows',
      2,
      /'sac'.*dqn, ppo, a2c/,
      ['train', '--env', 'CartPole-v1', '--algorithm', 'sac'],
    ],
    [
      'a run that is shorter than a rollout',
      2,
      /100 steps.*256/,
      ['train', '--env', 'CartPole-v1', '--algorithm', 'ppo', '--steps', '100'],
    ],
    [
      'growing weights where whole neurons are to go',
      2,
      /"rigl".*"neuron".*granularity weight, or the topology static/,
      ['train', '--env', 'CartPole-v1', '--sparsity', '0.9', '--topology', 'rigl', '--granularity', 'neuron'],
    ],
    ['a model that is not there', 3, /no model or run "nobody"/, ['show', 'nobody']],
    ['a comparison of one', 2, /two models/, ['compare', 'nobody']],
  ])('%s', async (_, code, text, args) => {
    const finished = await runCli('--store', store, ...args);
    expect(finished).toMatchObject({ code, stdout: '' });
    expect(finished.stderr).toMatch(/^error: .+\. .+\.\n$/);
    expect(finished.stderr).toMatch(text);
  });
});

it('none of it made a model, an export or a project, or touched what was there', async () => {
  expect(JSON.parse(await outputOf('--store', store, '--json', 'list'))).toEqual([]);
  expect(existsSync(at('out'))).toBe(false);
  expect(existsSync('owned')).toBe(false);
  expect(readFileSync(join(taken, 'thesis.txt'), 'utf8')).toBe('years of work');
});

it('with --json the problem is one JSON line', async () => {
  const { code, stdout, stderr } = await runCli('--store', store, '--json', 'prune', sampleAgent, '--sparsity', 'half');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(JSON.parse(stderr)).toMatchObject({ type: 'problem', problem: { kind: 'bad-input', code: 'UsageError' } });
});

describe('observations are read once their policy is known: the last line says what is wrong with them', () => {
  it.each<[string, number, RegExp, string[]]>([
    [
      'observations of another policy',
      2,
      /"narrow\.csv".*3 columns.*observes \[4\].*index/,
      ['prune', sampleAgent, '--sparsity', '0.5', '--observations', at('narrow.csv')],
    ],
    [
      'too few observations',
      2,
      /2 observations, and 500/,
      ['prune', sampleAgent, '--sparsity', '0.5', '--observations', at('few.csv')],
    ],
    [
      'fine-tuning on observations',
      4,
      /"fine-tune" plays episodes.*distill/,
      ['prune', sampleAgent, '--sparsity', '0.5', '--recovery', 'fine-tune', '--observations', at('few.csv')],
    ],
  ])('%s', async (_, code, text, args) => {
    const finished = await runCli('--store', store, ...args);
    expect(finished).toMatchObject({ code, stdout: '' });
    expect(finished.stderr.trim().split('\n').at(-1)).toMatch(/^error: .+\. .+\.$/);
    expect(finished.stderr).toMatch(text);
  });
});
