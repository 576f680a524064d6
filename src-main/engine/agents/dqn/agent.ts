// The DQN agent (Mnih et al. 2015): ε-greedy acting, replay, and an online network that learns from a target network.
import { z } from 'zod';
import type { DqnConfig } from '../../../contract/dqn.ts';
import type { ModelDescription } from '../../../contract/model.ts';
import type { PolicyModel } from '../../networks/model.ts';
import type { Masks } from '../../networks/parameters.ts';
import { placeNetwork } from '../../networks/shapes.ts';
import type { Backend, NetworkInstance, StepOptions } from '../../numerics/backend.ts';
import { randomStateSchema } from '../../random/random-state.ts';
import { Random } from '../../random/random.ts';
import type { Agent, MasksForGradients, StepOutcome } from '../agent.ts';
import { loadInstance, saveInstance } from '../instance-state.ts';
import { arraysOf, joinStates, partOf, type SavedState } from '../saved-state.ts';
import { explorationAt, intervalsCompleted, updatesBetween } from './config.ts';
import { DrawnBatches } from './drawn-batches.ts';
import { argmax, tdLoss, tdTargets } from './loss.ts';
import { NStepTransitions } from './n-step.ts';
import { actionCountOf } from './network.ts';
import { Recycling } from './recycling.ts';
import { PrioritizedSlots } from './prioritized-slots.ts';
import { allocateTransitions, ReplayBuffer, type Transitions } from './replay.ts';

export interface DqnAgentOptions {
  readonly config: DqnConfig;
  /** Where to start: `freshDqnModel`, or a trained and perhaps pruned one. It is copied; its masks are kept. */
  readonly model: PolicyModel;
  /** Environments that step together. */
  readonly environments: number;
  /** Environment steps of the whole run, which the exploration schedule is a share of. */
  readonly totalSteps: number;
  readonly backend: Backend;
  /** Forked for exploration, for replay, and for recycling if there is any. */
  readonly random: Random;
  /** Told of the online network after every backward pass and before its step. */
  readonly onGradients?: (network: NetworkInstance) => void;
}

const countersSchema = z.strictObject({
  steps: z.int().min(0),
  updatesDue: z.int().min(0),
  targetBehind: z.boolean(),
  exploration: randomStateSchema,
  sampling: randomStateSchema,
});

/**
 * Differs from Stable-Baselines3 in two points: each environment draws for itself whether to explore, and the steps
 * before `learningStarts` explore as the schedule says instead of always, so that a policy that is to recover from
 * pruning fills the replay with its own experience.
 */
export class DqnAgent implements Agent {
  readonly network: NetworkInstance;
  readonly #target: NetworkInstance;
  readonly #options: DqnAgentOptions;
  readonly #description: ModelDescription;
  readonly #actionCount: number;
  readonly #stepOptions: StepOptions;
  #exploration: Random;
  #sampling: Random;
  readonly #replay: ReplayBuffer;
  readonly #transitions: NStepTransitions;
  readonly #batches: DrawnBatches;
  /** Null when transitions are drawn evenly. */
  readonly #prioritized: PrioritizedSlots | null;
  readonly #errors: Float32Array;
  readonly #batch: Transitions;
  readonly #nextQ: Float32Array;
  readonly #targets: Float32Array;
  readonly #outputGradient: Float32Array;
  readonly #actions: Int32Array;
  readonly #recycling: Recycling | null;
  #masks: Masks = {};
  #steps = 0;
  #updatesDue = 0;
  /** Whether the online network has learned since it was copied to the target. */
  #targetBehind = false;
  /** Whether masks changed between updates that batches were drawn for; they may change again. */
  #drawSingly = false;

  /** @throws ContinuousActionsError */
  constructor(options: DqnAgentOptions) {
    const { config, model, environments, backend } = options;
    const { network } = model.description;
    const observationSize = placeNetwork(network).inputSize;
    this.#options = options;
    this.#description = model.description;
    this.#actionCount = actionCountOf(model.description.actionSpace);
    const { learningRate, maxGradientNorm } = config;
    this.#stepOptions = { learningRate, ...(maxGradientNorm !== null && { maxGradientNorm }) };
    this.#exploration = options.random.fork();
    this.#sampling = options.random.fork();
    const { nStep, gamma, bufferSize: capacity, batchSize, prioritizedReplay } = config;
    this.#prioritized =
      prioritizedReplay === undefined ? null : new PrioritizedSlots({ ...prioritizedReplay, capacity, batchSize });
    const onFill = (slot: number): void => this.#prioritized?.filled(slot);
    this.#replay = new ReplayBuffer({ capacity, observationSize, ...(this.#prioritized !== null && { onFill }) });
    this.#errors = new Float32Array(batchSize);
    this.#transitions = new NStepTransitions({ nStep, gamma, environments, observationSize, replay: this.#replay });
    this.#batch = allocateTransitions(config.batchSize, observationSize);
    this.#nextQ = new Float32Array(config.batchSize * this.#actionCount);
    this.#targets = new Float32Array(config.batchSize);
    this.#outputGradient = new Float32Array(config.batchSize * this.#actionCount);
    this.#actions = new Int32Array(environments);
    const maxBatch = Math.max(config.batchSize, environments);
    this.network = backend.instantiate(network, model.parameters, { maxBatch, optimizer: config.optimizer });
    this.#target = backend.instantiate(network, model.parameters, { maxBatch: config.batchSize });
    this.#batches = new DrawnBatches({
      replay: this.#replay,
      target: this.#target,
      batchSize: config.batchSize,
      actionCount: this.#actionCount,
      observationSize,
      updates: this.#prioritized === null ? config.gradientSteps : 1,
      nextObservations: config.doubleQ,
      ...(this.#prioritized !== null && { prioritized: this.#prioritized }),
    });
    this.#recycling = config.redo === undefined ? null : new Recycling(network, config.redo, options.random.fork());
    this.setMasks(model.masks);
  }

  get updatesDue(): number {
    return this.#updatesDue;
  }

  /** Probability of a random action now. */
  get exploration(): number {
    return explorationAt(this.#options.config, { step: this.#steps, totalSteps: this.#options.totalSteps });
  }

  act(observations: Float32Array): Int32Array {
    const explore = this.exploration;
    const actions = this.#actions;
    let greedy = 0;
    for (let i = 0; i < actions.length; i++) {
      actions[i] = this.#exploration.uniform() < explore ? this.#exploration.integer(this.#actionCount) : -1;
      if (actions[i] === -1) greedy++;
    }
    if (greedy > 0) {
      const q = this.network.forward(observations, actions.length);
      for (let i = 0; i < actions.length; i++) {
        if (actions[i] === -1) actions[i] = argmax(q, i * this.#actionCount, this.#actionCount);
      }
    }
    this.#transitions.depart(observations, actions);
    return actions;
  }

  observe(outcome: StepOutcome): void {
    const { config, environments } = this.#options;
    this.#forgetDrawn();
    this.#drawSingly = false;
    this.#transitions.arrive(outcome);
    const passed = { before: this.#steps, after: this.#steps + environments };
    this.#steps = passed.after;
    if (this.#targetBehind && intervalsCompleted(config.targetUpdateInterval, passed) > 0) {
      this.#target.writeParameters(this.network.readParameters());
      this.#targetBehind = false;
    }
    if (this.#replay.size > 0) this.#updatesDue += updatesBetween(config, passed);
  }

  update(masksFor?: MasksForGradients): { loss: number; meanQ: number; exploration: number; recycled?: number } {
    const { config } = this.#options;
    const batch = this.#batch;
    const nextQ = this.#nextQ;
    const targets = this.#targets;
    const outputGradient = this.#outputGradient;
    const actionCount = this.#actionCount;
    const { rewards, discounts, actions } = batch;
    if (this.#batches.left === 0) this.#batches.draw(this.#drawSingly ? 1 : this.#updatesDue, this.#sampling);
    this.#batches.take(batch, nextQ);

    const nextSelector = config.doubleQ ? this.network.forward(batch.nextObservations, config.batchSize) : nextQ;
    tdTargets({ rewards, discounts, nextQ, nextSelector, actionCount, targets });

    const q = this.network.forward(batch.observations, config.batchSize, { tape: true });
    const errors = this.#errors;
    const weights = this.#prioritized?.weights(this.#steps / this.#options.totalSteps);
    const weighting = weights === undefined ? {} : { weights, errors };
    const loss = tdLoss({ kind: config.loss, q, actions, targets, actionCount, outputGradient, ...weighting });
    const meanQ = meanOf(q);
    const dormant = this.#recycling?.dormantAt(this.network) ?? null;
    this.network.backward(outputGradient);
    this.#options.onGradients?.(this.network);
    const masks = masksFor?.(this) ?? null;
    if (masks === null) this.network.step(this.#stepOptions);
    else this.setMasks(masks);
    this.#prioritized?.learnt(errors);
    const recycled = dormant === null ? {} : { recycled: this.#recycling!.recycle(this.network, dormant) };
    this.#targetBehind = true;
    this.#updatesDue--;
    return { loss, meanQ, exploration: this.exploration, ...recycled };
  }

  get masks(): Masks {
    return this.#masks;
  }

  /** On both networks: a target with weights that the online network lost would teach what it cannot represent. */
  setMasks(masks: Masks): void {
    this.#drawSingly ||= this.#batches.left > 0;
    this.#forgetDrawn();
    this.#masks = masks;
    this.network.setMasks(masks);
    this.#target.setMasks(masks);
  }

  /** What was drawn ahead is drawn again, with the target network as it is then. */
  #forgetDrawn(): void {
    this.#sampling = this.#batches.randomnessOfTaken(this.#sampling);
    this.#batches.clear();
  }

  model(): PolicyModel {
    return { description: this.#description, parameters: this.network.readParameters(), masks: { ...this.#masks } };
  }

  dispose(): void {
    this.network.dispose();
    this.#target.dispose();
  }

  saveState(): SavedState {
    const counters = {
      steps: this.#steps,
      updatesDue: this.#updatesDue,
      targetBehind: this.#targetBehind,
      exploration: { ...this.#exploration.saveState() },
      sampling: { ...this.#batches.randomnessOfTaken(this.#sampling).saveState() },
    };
    return joinStates({
      counters: { values: counters, arrays: {} },
      masks: { values: null, arrays: this.#masks },
      online: saveInstance(this.network),
      target: { values: null, arrays: this.#target.readParameters() },
      replay: this.#replay.saveState(),
      transitions: this.#transitions.saveState(),
      ...(this.#recycling !== null && { recycling: this.#recycling.saveState() }),
      ...(this.#prioritized !== null && { priorities: this.#prioritized.saveState() }),
    });
  }

  loadState(state: SavedState): void {
    const counters = countersSchema.parse(partOf(state, 'counters').values);
    this.#batches.clear();
    this.#steps = counters.steps;
    this.#updatesDue = counters.updatesDue;
    this.#targetBehind = counters.targetBehind;
    this.#exploration = Random.fromState(counters.exploration);
    this.#sampling = Random.fromState(counters.sampling);
    this.setMasks(arraysOf(partOf(state, 'masks'), Uint8Array));
    loadInstance(this.network, partOf(state, 'online'));
    this.#target.writeParameters(arraysOf(partOf(state, 'target'), Float32Array));
    this.#replay.loadState(partOf(state, 'replay'));
    this.#prioritized?.loadState(partOf(state, 'priorities'));
    this.#transitions.loadState(partOf(state, 'transitions'));
    this.#recycling?.loadState(partOf(state, 'recycling'));
  }
}

function meanOf(values: Float32Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total / values.length;
}
