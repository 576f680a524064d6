// Drawing ahead: nothing but speed may depend on how many batches are drawn at once.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DrawnBatches } from '../../../../src-main/engine/agents/dqn/drawn-batches.ts';
import {
  allocateDepartures,
  allocateTransitions,
  ReplayBuffer,
  type Transitions,
} from '../../../../src-main/engine/agents/dqn/replay.ts';
import { Random } from '../../../../src-main/engine/random/random.ts';
import { loadKernelBackend } from '../../../../src-main/workers/load-kernels.ts';
import { mlp } from '../../numerics/conformance/sample-networks.ts';
import { fillNetwork } from '../../numerics/random-network.ts';
import { placeNetwork } from '../../../../src-main/engine/networks/shapes.ts';

const { inputSize: WIDTH, outputSize: ACTIONS } = placeNetwork(mlp);
const { parameters } = fillNetwork(mlp, 1, 1);
const backend = loadKernelBackend('simd');

function filledReplay(size: number): ReplayBuffer {
  const random = new Random(size);
  const replay = new ReplayBuffer({ capacity: size + 3, observationSize: WIDTH });
  const normals = (): Float32Array => Float32Array.from({ length: WIDTH }, () => random.normal());
  for (let id = 0; id < size; id++) {
    const departure = allocateDepartures(1, WIDTH);
    departure.observations.set(normals());
    departure.actions[0] = id;
    departure.rewards[0] = random.normal();
    departure.discounts[0] = random.uniform();
    replay.add(departure, 0, normals(), 0);
  }
  return replay;
}

function batchesOf(replay: ReplayBuffer, batchSize: number, updates: number): DrawnBatches {
  const target = backend.instantiate(mlp, parameters, { maxBatch: batchSize });
  const sizes = { batchSize, actionCount: ACTIONS, observationSize: WIDTH, updates };
  return new DrawnBatches({ replay, target, ...sizes, nextObservations: true });
}

interface Taken extends Transitions {
  readonly nextQ: Float32Array;
}

function take(batches: DrawnBatches, batchSize: number): Taken {
  const batch = allocateTransitions(batchSize, WIDTH);
  const nextQ = new Float32Array(batchSize * ACTIONS);
  batches.take(batch, nextQ);
  return { ...batch, nextQ };
}

const sizes = {
  held: fc.integer({ min: 1, max: 40 }),
  batchSize: fc.integer({ min: 2, max: 11 }),
  updates: fc.integer({ min: 1, max: 9 }),
  seed: fc.nat(),
};

describe('DrawnBatches', () => {
  it('are those that single draws give, with the same values, however many are drawn at once', () => {
    fc.assert(
      fc.property(sizes.held, sizes.batchSize, sizes.updates, sizes.seed, (held, batchSize, updates, seed) => {
        const replay = filledReplay(held);
        const atOnce = batchesOf(replay, batchSize, updates);
        const singly = batchesOf(replay, batchSize, 1);
        const random = new Random(seed);
        atOnce.draw(updates, new Random(seed));
        expect(atOnce.left).toBe(updates);
        for (let update = 0; update < updates; update++) {
          singly.draw(1, random);
          const batch = take(atOnce, batchSize);
          expect(batch).toEqual(take(singly, batchSize));
          const target = backend.instantiate(mlp, parameters, { maxBatch: batchSize });
          expect(batch.nextQ).toEqual(target.forward(batch.nextObservations, batchSize));
        }
        expect(atOnce.left).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('know what the randomness would be, had only those been drawn that were taken', () => {
    fc.assert(
      fc.property(sizes.held, sizes.batchSize, sizes.updates, sizes.seed, (held, batchSize, updates, seed) => {
        const replay = filledReplay(held);
        const batches = batchesOf(replay, batchSize, updates);
        const taken = seed % (updates + 1);
        const random = new Random(seed);
        batches.draw(updates, random);
        for (let update = 0; update < taken; update++) take(batches, batchSize);
        const expected = new Random(seed);
        for (let i = 0; i < taken * batchSize; i++) expected.integer(replay.size);
        expect(batches.randomnessOfTaken(random).saveState()).toEqual(expected.saveState());
      }),
      { numRuns: 50 },
    );
  });

  it('draw uniformly', () => {
    const batches = batchesOf(filledReplay(10), 1000, 10);
    batches.draw(10, new Random(1));
    const counts = new Array<number>(10).fill(0);
    while (batches.left > 0) for (const id of take(batches, 1000).actions) counts[id]!++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(27.9); // 99.9th percentile, 9 degrees of freedom
  });

  it('are drawn as there is room for, if more are asked for', () => {
    const batches = batchesOf(filledReplay(10), 4, 3);
    batches.draw(100, new Random(1));
    expect(batches.left).toBe(3);
  });
});
