// ReDo (Sokar et al. 2023, algorithm 1): units that have fallen silent start anew, and the network answers as before.
import { z } from 'zod';
import type { DqnConfig } from '../../../contract/dqn.ts';
import type { NetworkSpecification } from '../../../contract/network.ts';
import { initialBound } from '../../networks/initialize.ts';
import { biasName, kernelName } from '../../networks/shapes.ts';
import type { NetworkInstance } from '../../numerics/backend.ts';
import { unitGroups, type UnitGroup } from '../../pruning/units.ts';
import { randomStateSchema } from '../../random/random-state.ts';
import { Random } from '../../random/random.ts';
import type { Resumable, SavedState } from '../saved-state.ts';

/** By hidden layer: its dormant units, in ascending order. */
export type DormantUnits = Readonly<Record<string, readonly number[]>>;

/**
 * The units u with s_u = E|h_u| / mean_v E|h_v| ≤ τ (Sokar et al. 2023, definition 3.1); all of a layer that is silent as
 * a whole. A channel counts with the mean over its positions.
 * @param activations [batch, positions × units], units fastest
 */
export function dormantIn(activations: Float32Array, units: number, threshold: number): number[] {
  const loudness = new Float64Array(units);
  for (let i = 0; i < activations.length; i++) loudness[i % units]! += Math.abs(activations[i]!);
  const mean = loudness.reduce((sum, value) => sum + value, 0) / units;
  return [...loudness.keys()].filter((unit) => loudness[unit]! <= threshold * mean);
}

/**
 * The incoming weights and the bias of each unit as at the beginning of training, its outgoing weights zero, and nothing of
 * either in the optimizer's memory; its step count is one for the whole network and goes on. Outgoing weights are zeroed
 * last, so that what a silent unit said, nothing, is said by the unit that takes its place.
 * @returns how many there were
 */
export function recycle(
  instance: NetworkInstance,
  groups: readonly UnitGroup[],
  dormant: DormantUnits,
  random: Random,
): number {
  const parameters = instance.readParameters();
  const optimizer = instance.readOptimizer();
  const slots = Object.entries(optimizer.slots);
  const setter = (name: string): ((index: number, value: number) => void) => {
    const values = parameters[name]!;
    const memory = slots.filter(([slot]) => slot.endsWith(`:${name}`)).map(([, remembered]) => remembered);
    return (index, value) => {
      values[index] = value;
      for (const remembered of memory) remembered[index] = 0;
    };
  };
  const chosen = groups.map((group) => ({ group, units: dormant[group.layer] ?? [] }));
  for (const { group, units } of chosen) {
    const bound = initialBound(group.inputs);
    const setWeight = setter(kernelName(group.layer));
    const setBias = setter(biasName(group.layer));
    for (const unit of units) {
      for (let row = 0; row < group.inputs; row++) setWeight(row * group.units + unit, random.between(-bound, bound));
      setBias(unit, random.between(-bound, bound));
    }
  }
  for (const { group, units } of chosen) {
    for (const { layer, rows, units: readers } of group.consumers) {
      const setWeight = setter(kernelName(layer));
      for (const unit of units) {
        for (let row = unit; row < rows; row += group.units) {
          for (let reader = 0; reader < readers; reader++) setWeight(row * readers + reader, 0);
        }
      }
    }
  }
  instance.writeParameters(parameters);
  instance.writeOptimizer(optimizer);
  return chosen.reduce((count, { units }) => count + units.length, 0);
}

const stateSchema = z.strictObject({ updates: z.int().min(0), random: randomStateSchema });

/** When units of a network that learns are recycled, and with which randomness. */
export class Recycling implements Resumable {
  readonly #settings: NonNullable<DqnConfig['redo']>;
  readonly #groups: readonly UnitGroup[];
  #random: Random;
  #updates = 0;

  constructor(network: NetworkSpecification, settings: NonNullable<DqnConfig['redo']>, random: Random) {
    this.#settings = settings;
    this.#groups = unitGroups(network);
    this.#random = random;
  }

  /** To be asked in every update, after its taped forward pass. @returns null when nothing is due */
  dormantAt(instance: NetworkInstance): DormantUnits | null {
    const { threshold, every } = this.#settings;
    if (++this.#updates % every !== 0) return null;
    return Object.fromEntries(
      this.#groups.map(({ layer, units }) => [layer, dormantIn(instance.activations(layer), units, threshold)]),
    );
  }

  /** @returns how many units there were */
  recycle(instance: NetworkInstance, dormant: DormantUnits): number {
    return recycle(instance, this.#groups, dormant, this.#random);
  }

  saveState(): SavedState {
    return { values: { updates: this.#updates, random: { ...this.#random.saveState() } }, arrays: {} };
  }

  loadState({ values }: SavedState): void {
    const { updates, random } = stateSchema.parse(values);
    this.#updates = updates;
    this.#random = Random.fromState(random);
  }
}
