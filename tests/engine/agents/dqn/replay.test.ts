import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allocateDepartures,
  allocateTransitions,
  ReplayBuffer,
  type Transitions,
} from '../../../../src-main/engine/agents/dqn/replay.ts';
import { ObservationStore } from '../../../../src-main/engine/agents/dqn/observation-store.ts';
import { ForeignStateError } from '../../../../src-main/engine/agents/saved-state.ts';

const WIDTH = 2;

/** Adds transition `id`, all of whose fields say which one it is. */
function add(replay: ReplayBuffer, id: number): void {
  const departures = allocateDepartures(2, WIDTH);
  departures.observations.set([id, id + 0.25], WIDTH);
  departures.actions[1] = id;
  departures.rewards[1] = -id;
  departures.discounts[1] = id / 8;
  replay.add(departures, 1, Float32Array.of(0, 0, 0, 0, id + 0.5, id + 0.75), 2);
}

/** The transition ids of a batch, after checking that no fields of different transitions are mixed. */
function ids(batch: Transitions): number[] {
  return [...batch.actions].map((id, row) => {
    expect([...batch.observations.subarray(row * WIDTH, (row + 1) * WIDTH)]).toEqual([id, id + 0.25]);
    expect([...batch.nextObservations.subarray(row * WIDTH, (row + 1) * WIDTH)]).toEqual([id + 0.5, id + 0.75]);
    expect(batch.rewards[row]).toBe(-id);
    expect(batch.discounts[row]).toBe(id / 8);
    return id;
  });
}

/** All transitions, by slot. */
function contents(replay: ReplayBuffer): Transitions {
  const batch = allocateTransitions(replay.size, WIDTH);
  for (let slot = 0; slot < replay.size; slot++) {
    replay.read(slot, batch, slot);
    replay.readNextObservation(slot, batch.nextObservations, slot);
  }
  return batch;
}

describe('ReplayBuffer', () => {
  it('holds exactly the latest transitions, whole', () => {
    const counts = { capacity: fc.integer({ min: 1, max: 9 }), added: fc.integer({ min: 1, max: 30 }) };
    fc.assert(
      fc.property(counts.capacity, counts.added, (capacity, added) => {
        const replay = new ReplayBuffer({ capacity, observationSize: WIDTH });
        for (let id = 1; id <= added; id++) add(replay, id);
        const latest = Array.from({ length: Math.min(capacity, added) }, (_, i) => added - i);
        expect(replay.size).toBe(latest.length);
        expect(ids(contents(replay)).sort((a, b) => b - a)).toEqual(latest);
      }),
    );
  });

  it('goes on from a saved state as it would have', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), (before, after) => {
        const original = new ReplayBuffer({ capacity: 7, observationSize: WIDTH });
        for (let id = 0; id < before; id++) add(original, id);
        const restored = new ReplayBuffer({ capacity: 7, observationSize: WIDTH });
        restored.loadState(structuredClone(original.saveState()));
        const held = [original, restored].map((replay) => {
          for (let id = 0; id < after; id++) add(replay, 50 + id);
          return contents(replay);
        });
        expect(held[1]).toEqual(held[0]);
      }),
    );
  });

  it('refuses the state of a buffer for other observations', () => {
    const wide = new ReplayBuffer({ capacity: 7, observationSize: 3 });
    const replay = new ReplayBuffer({ capacity: 7, observationSize: WIDTH });
    add(replay, 1);
    expect(() => {
      wide.loadState(replay.saveState());
    }).toThrow(ForeignStateError);
  });
});

describe('observations', () => {
  const cell = fc.integer({ min: 0, max: 255 });
  const any = fc.oneof(
    cell,
    fc.float({ noNaN: true }).filter((value) => !Object.is(value, -0)),
  );
  const rows = (value: fc.Arbitrary<number>): fc.Arbitrary<[number, number][]> =>
    fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 12 });

  function stored(batch: readonly (readonly [number, number])[]): ObservationStore {
    const store = new ObservationStore({ rows: 12, width: 2 });
    batch.forEach((row, i) => {
      store.write(i, Float32Array.from([9, 9, ...row]), 1);
    });
    return store;
  }
  const read = (store: ObservationStore, count: number): number[] => {
    const all = new Float32Array(2 * count);
    for (let i = 0; i < count; i++) store.read(i, all, i);
    return [...all];
  };

  it('come back as they were, whatever they are, also from a checkpoint', () => {
    fc.assert(
      fc.property(rows(any), (batch) => {
        const store = stored(batch);
        expect(read(store, batch.length)).toEqual(batch.flat());
        for (const other of [stored([[1, 2]]), stored([[0.5, 2]])]) {
          other.load({ values: null, arrays: { kept: store.first(batch.length) } }, 'kept', batch.length);
          expect(read(other, batch.length)).toEqual(batch.flat());
        }
      }),
    );
  });

  it('take a byte each while they are integers from 0 to 255', () => {
    fc.assert(
      fc.property(rows(cell), (batch) => {
        expect(stored(batch).first(batch.length)).toEqual(Uint8Array.from(batch.flat()));
      }),
    );
    expect(stored([[1, 256]]).first(1)).toEqual(Float32Array.of(1, 256));
  });
});
