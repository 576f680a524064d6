import { describe, expect, it } from 'vitest';
import type { NetworkSpecification } from '../../../src-main/contract/network.ts';
import { global } from '../../../src-main/engine/pruning/allocation/global.ts';
import { checkMoves, Movement, MovementWithoutTrainingError } from '../../../src-main/engine/pruning/movement.ts';
import { recoveries } from '../../../src-main/engine/pruning/recovery/registry.ts';
import { testBackend } from '../../test-backend.ts';
import { expectClose } from '../numerics/expect-close.ts';
import { cartPoleAgent, recoveryInput } from './recovery/recovering.ts';

describe('movement', () => {
  const network: NetworkSpecification = {
    input: { shape: [2], scale: 1 },
    trunk: [],
    heads: [{ name: 'y', layers: [{ kind: 'dense', name: 'y', units: 1, activation: 'linear' }] }],
    combine: 'concatenate',
  };

  it('of a linear unit under gradient descent, worked by hand: −Σ w·x·δ', () => {
    const parameters = { 'y/kernel': Float32Array.of(1, -2), 'y/bias': Float32Array.of(0) };
    const instance = testBackend.instantiate(network, parameters, {
      maxBatch: 1,
      optimizer: { kind: 'sgd', momentum: 0 },
    });
    const movement = new Movement();
    const update = (x: number[], delta: number): void => {
      instance.forward(Float32Array.from(x), 1, { tape: true });
      instance.backward(Float32Array.of(delta));
      movement.observe(instance);
      instance.step({ learningRate: 0.5 });
    };
    update([3, 1], 2); // w = (1, −2), g = (6, 2); then w = (−2, −3)
    update([1, -1], 1); // w = (−2, −3), g = (1, −1)
    expectClose(movement.sums()['y/kernel']!, [-1 * 6 + 2 * 1, 2 * 2 + 3 * -1], 1e-6, 'movement');
    expect(Object.keys(movement.sums())).toEqual(['y/kernel']);
    instance.dispose();
  });

  it('of a pruned weight is zero, since it does not move', () => {
    const parameters = { 'y/kernel': Float32Array.of(1, -2), 'y/bias': Float32Array.of(0) };
    const instance = testBackend.instantiate(network, parameters, {
      maxBatch: 1,
      optimizer: { kind: 'sgd', momentum: 0 },
    });
    instance.setMasks({ 'y/kernel': Uint8Array.of(0, 1) });
    instance.forward(Float32Array.of(3, 1), 1, { tape: true });
    instance.backward(Float32Array.of(2));
    const movement = new Movement();
    movement.observe(instance);
    expectClose(movement.sums()['y/kernel']!, [0, 4], 1e-6, 'movement');
    instance.dispose();
  });
});

describe('recoveries that follow gradients, and only those, show them', () => {
  it.each(recoveries.all.map((recovery) => ({ id: recovery.id, recovery })))('$id', async ({ recovery }) => {
    let seen = 0;
    const input = recoveryInput({ student: cartPoleAgent(), updates: 2, onGradients: () => seen++ });
    const session = recovery.start(input);
    await session.advance(2);
    session.dispose();
    expect(seen).toBe(recovery.followsGradients ? 2 : 0);
    const check = (updates: number) => (): void => {
      checkMoves({ recovery, allocation: global }, updates);
    };
    if (recovery.followsGradients) expect(check(1)).not.toThrow();
    else expect(check(1)).toThrow(MovementWithoutTrainingError);
    expect(check(0)).toThrow(MovementWithoutTrainingError);
  });
});
