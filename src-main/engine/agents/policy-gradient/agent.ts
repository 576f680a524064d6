// The agent of PPO and A2C: it plays a rollout in all environments, judges every step, learns from it and forgets it.
import { z } from 'zod';
import type { ActionSpace } from '../../../contract/environment.ts';
import type { Action } from '../../environments/environment.ts';
import type { PolicyModel } from '../../networks/model.ts';
import type { Masks } from '../../networks/parameters.ts';
import { placeNetwork } from '../../networks/shapes.ts';
import type { Backend, NetworkInstance } from '../../numerics/backend.ts';
import { randomStateSchema } from '../../random/random-state.ts';
import { Random } from '../../random/random.ts';
import type { Agent, MasksForGradients, StepOutcome } from '../agent.ts';
import { copyRow } from '../copy-row.ts';
import { loadInstance, saveInstance } from '../instance-state.ts';
import { arraysOf, joinStates, partOf, type SavedState } from '../saved-state.ts';
import { normalizeAdvantages } from './advantages.ts';
import { annealed, roundOf, type PolicyGradientSettings } from './config.ts';
import { distributionOf, type ActionDistribution } from './distribution.ts';
import { actorCriticLoss, type ActorCriticLoss, type PolicyObjective } from './loss.ts';
import { learningNetwork, learntModel, type LearningNetwork } from './network.ts';
import { ObservationNormalization, RewardNormalization } from './normalization.ts';
import { Rollout } from './rollout.ts';

export interface PolicyGradientAgentOptions {
  readonly settings: PolicyGradientSettings;
  /** Where to start: a fresh model, or a trained one with its critic. It is copied; its masks are kept. */
  readonly model: PolicyModel;
  /** Environment steps of the whole run, which annealing is a share of. */
  readonly totalSteps: number;
  readonly backend: Backend;
  /** Forked for acting and for the order of learning. */
  readonly random: Random;
  /** First updates in which the critic alone learns, for a critic that is new to its policy. */
  readonly criticUpdates?: number;
  /** Looks at the policy's gradients after a backward pass, before the step. */
  readonly onGradients?: (network: NetworkInstance) => void;
}

const countersSchema = z.strictObject({
  steps: z.int().min(0),
  updates: z.int().min(0),
  updatesDue: z.int().min(0),
  acting: randomStateSchema,
  ordering: randomStateSchema,
});

/** What environments are given: indices, or vectors clipped to the action space. */
class PlayedActions {
  readonly #space: ActionSpace;
  readonly #indices: Int32Array;
  readonly #vectors: readonly Float32Array[];

  constructor(space: ActionSpace, environments: number, actionSize: number) {
    this.#space = space;
    this.#indices = new Int32Array(environments);
    this.#vectors = Array.from({ length: environments }, () => new Float32Array(actionSize));
  }

  /** @param firstRow of the actions that were drawn for one step of all environments */
  from(drawn: Float32Array, firstRow: number): ArrayLike<Action> {
    const space = this.#space;
    if (space.kind === 'discrete') {
      for (let i = 0; i < this.#indices.length; i++) this.#indices[i] = drawn[firstRow + i]!;
      return this.#indices;
    }
    for (const [i, vector] of this.#vectors.entries()) {
      copyRow(drawn, firstRow + i, vector, 0, vector.length);
      for (let d = 0; d < vector.length; d++) {
        vector[d] = Math.min(space.high[d]!, Math.max(space.low[d]!, vector[d]!));
      }
    }
    return this.#vectors;
  }
}

/**
 * Observations are normalised here while their statistics still move, and inside of the network of `model()`. A model
 * that brings a normaliser keeps it as it is.
 */
export class PolicyGradientAgent implements Agent {
  readonly network: NetworkInstance;
  readonly #options: PolicyGradientAgentOptions;
  readonly #environments: number;
  readonly #learning: LearningNetwork;
  readonly #distribution: ActionDistribution;
  readonly #observationNormalization: ObservationNormalization | null;
  readonly #rewardNormalization: RewardNormalization | null;
  readonly #rollout: Rollout;
  readonly #played: PlayedActions;
  /** Observations of one step of all environments as the network takes them, and their rewards as they are learnt from. */
  readonly #inputs: Float32Array;
  readonly #rewards: Float32Array;
  readonly #outputGradient: Float32Array;
  #acting: Random;
  #ordering: Random;
  #masks: Masks = {};
  #steps = 0;
  #updates = 0;
  #updatesDue = 0;

  constructor(options: PolicyGradientAgentOptions) {
    const { settings, model, backend, random } = options;
    const { config } = settings;
    const { environments, nSteps } = config;
    this.#options = options;
    this.#environments = environments;
    this.#learning = learningNetwork(model);
    const { network, parameters, layout } = this.#learning;
    this.#distribution = distributionOf(layout);
    const { actionSize } = this.#distribution;
    const observationSize = placeNetwork(network).inputSize;
    const normalizes = config.normalizeObservations && network.input.normalizer === undefined;
    this.#observationNormalization = normalizes ? new ObservationNormalization(observationSize) : null;
    this.#rewardNormalization = config.normalizeRewards ? new RewardNormalization(config) : null;
    const { batchSize } = roundOf(settings);
    this.#rollout = new Rollout({ nSteps, environments, observationSize, actionSize }, batchSize);
    this.#played = new PlayedActions(model.description.actionSpace, environments, actionSize);
    this.#inputs = new Float32Array(environments * observationSize);
    this.#rewards = new Float32Array(environments);
    this.#outputGradient = new Float32Array(batchSize * layout.rowSize);
    this.#acting = random.fork();
    this.#ordering = random.fork();
    const maxBatch = Math.max(batchSize, environments);
    this.network = backend.instantiate(network, parameters, { maxBatch, optimizer: config.optimizer });
    this.setMasks(model.masks);
  }

  get updatesDue(): number {
    return this.#updatesDue;
  }

  act(observations: Float32Array): ArrayLike<Action> {
    this.#observationNormalization?.see(observations);
    const outputs = this.#outputsAt(observations);
    const { columns, row: first } = this.#rollout;
    const { layout } = this.#learning;
    const { observationSize } = this.#rollout.shape;
    for (let i = 0; i < this.#environments; i++) {
      const row = first + i;
      copyRow(this.#inputs, i, columns.observations, row, observationSize);
      this.#distribution.sample(outputs, i, columns.actions, row, this.#acting);
      columns.logProbabilities[row] = this.#distribution.logProbability(outputs, i, columns.actions, row);
      columns.values[row] = outputs[i * layout.rowSize + layout.value]!;
    }
    return this.#played.from(columns.actions, first);
  }

  observe(outcome: StepOutcome): void {
    const { rewards, terminated, truncated, observations } = outcome;
    const rollout = this.#rollout;
    let bootstraps = rollout.closing;
    for (let i = 0; i < this.#environments; i++) {
      rollout.ended[rollout.row + i] = terminated[i]! | truncated[i]!;
      if (truncated[i] === 1) bootstraps = true;
    }
    const outputs = bootstraps ? this.#outputsAt(observations) : null;
    this.#learnableRewards(rewards);
    const { rowSize, value } = this.#learning.layout;
    for (let i = 0; i < this.#environments; i++) {
      const row = rollout.row + i;
      rollout.rewards[row] = this.#rewards[i]!;
      rollout.bootstraps[row] = outputs === null || terminated[i] === 1 ? 0 : outputs[i * rowSize + value]!;
    }
    rollout.next();
    this.#steps += this.#environments;
    if (!rollout.full) return;
    const { settings } = this.#options;
    rollout.judge({ gamma: settings.config.gamma, lambda: settings.config.gaeLambda });
    this.#updatesDue = roundOf(settings).updates;
  }

  update(masksFor?: MasksForGradients): Record<keyof ActorCriticLoss, number> & { learningRate: number } {
    const { settings, totalSteps } = this.#options;
    const { config } = settings;
    const { layout } = this.#learning;
    const { batch, count } = this.#rollout.draw(this.#ordering);
    if (config.normalizeAdvantages) normalizeAdvantages(batch.advantages, count);
    const { observationSize } = this.#rollout.shape;
    const outputGradient = firstOf(this.#outputGradient, count * layout.rowSize);
    const inputs = firstOf(batch.observations, count * observationSize);
    const loss = actorCriticLoss({
      objective: this.#objective(),
      outputs: this.network.forward(inputs, count, { tape: true }),
      layout,
      distribution: this.#distribution,
      steps: batch,
      batch: count,
      entropyCoefficient: config.entropyCoefficient,
      valueCoefficient: config.valueCoefficient,
      outputGradient,
    });
    this.network.backward(outputGradient);
    const { criticUpdates = 0, onGradients } = this.#options;
    if (this.#updates >= criticUpdates) onGradients?.(this.network);
    const progress = { step: this.#steps, totalSteps };
    const learningRate = annealed(config.learningRate, config.learningRateSchedule, progress);
    const { maxGradientNorm } = config;
    const masks = masksFor?.(this) ?? null;
    if (masks === null) this.network.step({ learningRate, ...(maxGradientNorm !== null && { maxGradientNorm }) });
    else this.setMasks(masks);
    this.#updates++;
    this.#updatesDue--;
    if (this.#updatesDue === 0) this.#rollout.clear();
    return { ...loss, learningRate };
  }

  get masks(): Masks {
    return this.#masks;
  }

  setMasks(masks: Masks): void {
    this.#masks = masks;
    this.network.setMasks({ ...masks, ...this.#learning.masks });
  }

  model(): PolicyModel {
    const learnt = learntModel(this.#options.model, this.network.readParameters(), { ...this.#masks });
    const normalizer = this.#observationNormalization?.normalizer;
    if (normalizer === undefined) return learnt;
    const { description } = learnt;
    const input = { ...description.network.input, normalizer };
    return { ...learnt, description: { ...description, network: { ...description.network, input } } };
  }

  dispose(): void {
    this.network.dispose();
  }

  saveState(): SavedState {
    const counters = {
      steps: this.#steps,
      updates: this.#updates,
      updatesDue: this.#updatesDue,
      acting: { ...this.#acting.saveState() },
      ordering: { ...this.#ordering.saveState() },
    };
    const normalization = {
      ...(this.#observationNormalization !== null && { observations: this.#observationNormalization.saveState() }),
      ...(this.#rewardNormalization !== null && { rewards: this.#rewardNormalization.saveState() }),
    };
    return joinStates({
      counters: { values: counters, arrays: {} },
      masks: { values: null, arrays: this.#masks },
      network: saveInstance(this.network),
      rollout: this.#rollout.saveState(),
      ...normalization,
    });
  }

  loadState(state: SavedState): void {
    const counters = countersSchema.parse(partOf(state, 'counters').values);
    this.#steps = counters.steps;
    this.#updates = counters.updates;
    this.#updatesDue = counters.updatesDue;
    this.#acting = Random.fromState(counters.acting);
    this.#ordering = Random.fromState(counters.ordering);
    this.setMasks(arraysOf(partOf(state, 'masks'), Uint8Array));
    loadInstance(this.network, partOf(state, 'network'));
    this.#rollout.loadState(partOf(state, 'rollout'));
    this.#observationNormalization?.loadState(partOf(state, 'observations'));
    this.#rewardNormalization?.loadState(partOf(state, 'rewards'));
  }

  /** Leaves in `#inputs` what the network was given. */
  #outputsAt(observations: Float32Array): Float32Array {
    if (this.#observationNormalization === null) this.#inputs.set(observations);
    else this.#observationNormalization.normalize(observations, this.#inputs);
    return this.network.forward(this.#inputs, this.#environments);
  }

  /** Leaves in `#rewards` what a step of all environments is worth to learning. */
  #learnableRewards(rewards: Float32Array): void {
    const { row, ended } = this.#rollout;
    if (this.#rewardNormalization === null) this.#rewards.set(rewards);
    else this.#rewardNormalization.normalize(rewards, ended, row, this.#rewards);
  }

  #objective(): PolicyObjective {
    const { settings, totalSteps, criticUpdates = 0 } = this.#options;
    if (this.#updates < criticUpdates) return { kind: 'critic' };
    if (settings.algorithm === 'a2c') return { kind: 'a2c' };
    const { clip, clipSchedule, valueClip } = settings.config;
    return { kind: 'ppo', clip: annealed(clip, clipSchedule, { step: this.#steps, totalSteps }), valueClip };
  }
}

/** The array itself where it is that long: a view of its beginning would be garbage. */
function firstOf(values: Float32Array, length: number): Float32Array {
  return values.length === length ? values : values.subarray(0, length);
}
