// What each optimizer remembers per parameter, so that every backend names it alike and can go on from another's state.
import { ParameterShapeError, sizeOf, type Shape } from '../networks/shapes.ts';
import type { OptimizerConfig, OptimizerState } from './backend.ts';

/** `m`: running mean of the gradients, or their momentum; `v`: running mean of their squares. */
export type OptimizerSlot = 'm' | 'v';

/** The slots of an optimizer, each as long as the parameters. */
export function optimizerSlots(optimizer: OptimizerConfig): readonly OptimizerSlot[] {
  switch (optimizer.kind) {
    case 'adam':
      return ['m', 'v'];
    case 'rmsprop':
      return optimizer.centered ? ['m', 'v'] : ['v'];
    case 'sgd':
      return optimizer.momentum === 0 ? [] : ['m'];
  }
}

/** The key of `OptimizerState.slots`: "m:dense_1/kernel". */
export const slotName = (slot: OptimizerSlot, parameter: string): string => `${slot}:${parameter}`;

/**
 * Exactly the slots that this optimizer keeps for these parameters, each of the right length.
 * @param shapes parameter name → shape.
 * @throws ParameterShapeError
 */
export function checkOptimizerState(
  optimizer: OptimizerConfig,
  shapes: Readonly<Record<string, Shape>>,
  state: OptimizerState,
): void {
  const expected = new Set<string>();
  for (const slot of optimizerSlots(optimizer)) {
    for (const [parameter, shape] of Object.entries(shapes)) {
      const name = slotName(slot, parameter);
      const values = state.slots[name];
      if (values === undefined) throw new ParameterShapeError(name, 'is missing from the optimizer state');
      if (values.length !== sizeOf(shape)) {
        throw new ParameterShapeError(name, `has ${values.length} values, the network needs [${shape.join(', ')}]`);
      }
      expected.add(name);
    }
  }
  for (const name of Object.keys(state.slots)) {
    if (!expected.has(name)) throw new ParameterShapeError(name, `is not something that ${optimizer.kind} remembers`);
  }
}
