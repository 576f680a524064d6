// Whatever is done to a file, opening it gives a model or a typed error, never another exception or a hang.
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { SecateurError } from '../../../src-main/contract/secateur-error.ts';
import { NonFiniteWeightsError } from '../../../src-main/engine/formats/finite-weights.ts';
import type { ModelFile } from '../../../src-main/engine/formats/model-reader.ts';
import { ForeignGlobalError } from '../../../src-main/engine/formats/pickle/errors.ts';
import { readModelFile } from '../../../src-main/engine/formats/registry.ts';
import { writeModel } from '../../../src-main/engine/formats/safetensors/model-file.ts';
import { InconsistentAgentError, NotAnAgentError } from '../../../src-main/engine/formats/stable-baselines3/errors.ts';
import { readVecNormalize } from '../../../src-main/engine/formats/vec-normalize/read.ts';
import { checkParameters } from '../../../src-main/engine/networks/shapes.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { fixture, thirdPartyAgent, thrownBy } from './fixtures.ts';
import * as pickle from './pickle-writer.ts';
import { repackAgent, unpackAgent, type Entries } from './repack-agent.ts';
import { sampleModels } from './sample-models.ts';

/** The small DQN fixture, unpacked to the last entry. */
const name = 'dqn-trained.zip';
const { bytes } = fixture(name);
const agent = unpackAgent(name);
const repacked = (weights: Entries, entries: Entries = {}): ModelFile => repackAgent(agent, weights, entries);

const pickleName = Object.keys(agent.weights).find((entry) => entry.endsWith('data.pkl'))!;
const storageNames = Object.keys(agent.weights).filter((entry) => /\/data\/\d+$/.test(entry));

function flipBits(original: Uint8Array, random: Random): Uint8Array {
  const flipped = original.slice();
  for (let n = 1 + random.integer(4); n > 0; n--) flipped[random.integer(flipped.length)]! ^= 1 << random.integer(8);
  return flipped;
}

/** A sound model, or a typed error. */
function expectAnswer(call: () => unknown): void {
  try {
    call();
  } catch (error) {
    if (!(error instanceof SecateurError)) throw error;
    expect(error.message.length).toBeGreaterThan(10);
    expect(error.hint.length).toBeGreaterThan(10);
  }
}

function expectModelOrError(file: ModelFile): void {
  expectAnswer(() => {
    const { model } = readModelFile(file);
    checkParameters(model.description.network, model.parameters);
  });
}

it('the agent is read again when nothing was done to it', () => {
  expect(readModelFile(repacked({})).model).toEqual(readModelFile({ name, bytes }).model);
});

describe('cut short', () => {
  it.each(['dqn-trained.zip', 'ppo-box-normalized.zip', 'trpo.zip'])('%s at many places', (agent) => {
    const whole = fixture(agent);
    for (let length = 0; length < whole.bytes.length; length += 61) {
      const error = thrownBy(() => readModelFile({ name: agent, bytes: whole.bytes.subarray(0, length) }));
      expect(error).toBeInstanceOf(SecateurError);
      expect((error as Error).message).toContain(agent);
    }
  });

  it('a normaliser at every byte', () => {
    const pkl = thirdPartyAgent('a2c-Acrobot-v1.vecnormalize.pkl');
    for (let length = 0; length < pkl.bytes.length; length++) {
      const error = thrownBy(() => readVecNormalize({ name: pkl.name, bytes: pkl.bytes.subarray(0, length) }));
      expect(error).toBeInstanceOf(SecateurError);
    }
  });

  it('a Secateur model at every byte', () => {
    const whole = writeModel(sampleModels['Gaussian actor-critic with shared layers']!);
    for (let length = 0; length < whole.length; length++) {
      const cut = { name: 'm.safetensors', bytes: whole.subarray(0, length) };
      expect(thrownBy(() => readModelFile(cut))).toBeInstanceOf(SecateurError);
    }
  });
});

describe('flipped bits', () => {
  it('in the zip', () => {
    const random = new Random(1);
    for (let i = 0; i < 200; i++) expectModelOrError({ name, bytes: flipBits(bytes, random) });
  });

  it.each([
    ['the pickle', () => pickleName],
    ['the weights', (random: Random) => storageNames[random.integer(storageNames.length)]!],
  ])('in %s, with checksums that agree', (_, choose) => {
    const random = new Random(2);
    for (let i = 0; i < 250; i++) {
      const entry = choose(random);
      expectModelOrError(repacked({ [entry]: flipBits(agent.weights[entry]!, random) }));
    }
  });

  it('in the settings, with checksums that agree', () => {
    const random = new Random(3);
    for (let i = 0; i < 250; i++) expectModelOrError(repacked({}, { data: flipBits(agent.entries.data!, random) }));
  });

  it('in a normaliser', () => {
    const random = new Random(4);
    for (const pkl of [
      thirdPartyAgent('a2c-Acrobot-v1.vecnormalize.pkl'),
      fixture('ppo-box-normalized.vecnormalize.pkl'),
    ]) {
      for (let i = 0; i < 250; i++) {
        expectAnswer(() => readVecNormalize({ name: pkl.name, bytes: flipBits(pkl.bytes, random) }));
      }
    }
  });

  it('in a Secateur model', () => {
    const random = new Random(5);
    const whole = writeModel(sampleModels['Gaussian actor-critic with shared layers']!);
    // Half of them in the header, where most can go wrong.
    const header = Number(new DataView(whole.buffer).getBigUint64(0, true)) + 8;
    for (let i = 0; i < 500; i++) {
      const flipped = flipBits(i % 2 === 0 ? whole : whole.subarray(0, header), random);
      expectModelOrError({
        name: 'm.safetensors',
        bytes: i % 2 === 0 ? flipped : Uint8Array.of(...flipped, ...whole.subarray(header)),
      });
    }
  });
});

describe('agents made to harm', () => {
  it('a pickle that would run a program is refused by the name of what it calls', () => {
    const call = pickle.reduce(pickle.global('os', 'system'), pickle.tuple('touch /tmp/owned'));
    const error = thrownBy(() => readModelFile(repacked({ [pickleName]: pickle.dump(call) })));
    expect(error).toBeInstanceOf(ForeignGlobalError);
    expect((error as Error).message).toContain('"os.system"');
    expect((error as Error).message).toContain(name);
  });

  it.each([NaN, Infinity, -Infinity])('a weight of %s is refused with the name of its tensor', (value) => {
    const storage = storageNames[0]!;
    const weights = agent.weights[storage]!.slice();
    new DataView(weights.buffer).setFloat32(8, value, true);
    const error = thrownBy(() => readModelFile(repacked({ [storage]: weights })));
    expect(error).toBeInstanceOf(NonFiniteWeightsError);
    expect((error as Error).message).toMatch(new RegExp(`"q_net\\.[\\w.]+" holds ${value} at position 2`));
  });

  it.each([
    ['is not JSON', 'not json', NotAnAgentError],
    ['is a list', '[]', NotAnAgentError],
    ['observes another number of values', '"_shape": [4]', InconsistentAgentError],
    ['has another number of actions', '"n": "5"', InconsistentAgentError],
  ])('settings: %s', (_, change, type) => {
    const text = new TextDecoder().decode(agent.entries.data);
    const key = /^"(\w+)": /.exec(change)?.[1];
    const changed =
      key === undefined ? change : text.replace(new RegExp(`"${key}": (\\[\\s*\\d+\\s*\\]|"\\d+")`), change);
    expect(changed).not.toBe(text);
    expect(thrownBy(() => readModelFile(repacked({}, { data: new TextEncoder().encode(changed) })))).toBeInstanceOf(
      type,
    );
  });

  it('settings with traps for objects do not change what is read', () => {
    const text = new TextDecoder().decode(agent.entries.data);
    const trapped = text.replace('{', '{"__proto__": {"policy_kwargs": null}, "constructor": {"prototype": 1}, ');
    const { model } = readModelFile(repacked({}, { data: new TextEncoder().encode(trapped) }));
    expect(model).toEqual(readModelFile({ name, bytes }).model);
    expect(({} as Record<string, unknown>).policy_kwargs).toBeUndefined();
  });

  it('a zip of something else', () => {
    expect(
      thrownBy(() => readModelFile({ name: 'photos.zip', bytes: zipSync({ 'a.jpg': new Uint8Array(9) }) })),
    ).toBeInstanceOf(NotAnAgentError);
  });
});
