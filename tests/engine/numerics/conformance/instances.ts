// Instances own their numbers: they share none with each other, nor with the arrays they were given.
import { describe, expect, it } from 'vitest';
import { cloneParameters } from '../../../../src-main/engine/networks/parameters.ts';
import { ADAM, type NetworkInstance } from '../../../../src-main/engine/numerics/backend.ts';
import type { Conformance } from './conformance.ts';
import { expectSameBytes } from '../expect-close.ts';
import { fillNetwork } from '../random-network.ts';
import { convolutional, mlp, trainingBatch } from './sample-networks.ts';

function trainOnce(instance: NetworkInstance, index: number): void {
  const { inputs, outputGradient } = trainingBatch(instance.specification, index);
  instance.forward(inputs, 4, { tape: true });
  instance.backward(outputGradient);
  instance.step({ learningRate: 0.1 });
}

export function checksInstances({ backend }: Conformance): void {
  describe('instances', () => {
    it('live side by side, as parent and student do, without touching each other', () => {
      const options = { maxBatch: 4, optimizer: ADAM };
      const cases = [fillNetwork(mlp, 4, 22), fillNetwork(convolutional, 4, 23)];
      const create = (): NetworkInstance[] =>
        cases.map(({ network, parameters }) => backend().instantiate(network, parameters, options));
      const interleaved = create();
      const alone = create();
      for (let index = 0; index < 5; index++) for (const instance of interleaved) trainOnce(instance, index);
      for (const instance of alone) for (let index = 0; index < 5; index++) trainOnce(instance, index);
      interleaved.forEach((instance, i) => {
        expectSameBytes(instance.readParameters(), alone[i]!.readParameters());
      });
      for (const instance of [...interleaved, ...alone]) instance.dispose();
    });

    it('outlive a sibling of the same network', () => {
      const { network, parameters, inputs } = fillNetwork(mlp, 4, 24);
      const survivor = backend().instantiate(network, parameters, { maxBatch: 4 });
      const before = [...survivor.forward(inputs, 4)];
      const sibling = backend().instantiate(network, parameters, { maxBatch: 4, optimizer: ADAM });
      trainOnce(sibling, 0);
      sibling.dispose();
      expect([...survivor.forward(inputs, 4)]).toEqual(before);
      survivor.dispose();
    });

    it('never write to the arrays they were given, nor notice when those change', () => {
      const { network, parameters } = fillNetwork(mlp, 4, 25);
      const given = cloneParameters(parameters);
      const instance = backend().instantiate(network, given, { maxBatch: 4, optimizer: ADAM });
      trainOnce(instance, 0);
      expectSameBytes(given, parameters);
      const trained = instance.readParameters();
      instance.writeParameters(given);
      for (const values of Object.values(given)) values.fill(7);
      expectSameBytes(instance.readParameters(), parameters);
      instance.writeParameters(trained);
      for (const values of Object.values(instance.readParameters())) values.fill(7);
      expectSameBytes(instance.readParameters(), trained);
      instance.dispose();
    });
  });
}
