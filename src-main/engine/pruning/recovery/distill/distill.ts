// Policy distillation: the parent labels the states that it and the student visit, and the student learns the answers.
// Where nothing can be played, it labels those that were recorded.
import { collectStates } from '../../../evaluation/collect-states.ts';
import { exploringPolicy } from '../../../evaluation/exploring-policy.ts';
import { modelPolicy } from '../../../evaluation/policy.ts';
import type { PolicyModel } from '../../../networks/model.ts';
import { ADAM, type NetworkInstance } from '../../../numerics/backend.ts';
import { placeNetwork } from '../../../networks/shapes.ts';
import type { PlayedExperience } from '../../experience.ts';
import { actionUnits } from '../../held-out-agreement.ts';
import type { Recovery, RecoveryInput, RecoverySession } from '../recovery.ts';
import { continuousDistillationLoss, discreteDistillationLoss, meanActionGap } from './distillation-loss.ts';
import { LabelledStates } from './labelled-states.ts';

/** Settings found on agents of all four environments; one set for all. */
export const DISTILLATION = {
  batchSize: 128,
  /** Adam; falls exponentially from the first to the last over the planned updates. */
  learningRate: 3e-3,
  finalLearningRate: 3e-4,
  /** Of the softmax over outputs that are scaled by the parent's mean action gap. */
  temperature: 0.5,
  /** Updates between two looks at what the student visits now (DAgger, Ross et al. 2011). */
  refreshEvery: 250,
  episodesPerRefresh: 8,
  statesPerRefresh: 2000,
  /** Share of random actions while visiting, so that the student sees how to come back. */
  visitEpsilon: 0.05,
  parentStates: 4000,
  /** States of the parent with a fifth of its actions random: the neighbourhood of its own path. */
  perturbedParentStates: 2000,
  perturbedEpsilon: 0.2,
  studentStates: 16_000,
} as const;

/** The parent's outputs, computed in batches of at most `LABEL_BATCH` rows. */
const LABEL_BATCH = 512;

class DistillationSession implements RecoverySession {
  readonly #input: RecoveryInput;
  readonly #parent: NetworkInstance;
  readonly #student: NetworkInstance;
  readonly #states: LabelledStates;
  readonly #inputs: Float32Array;
  readonly #labels: Float32Array;
  readonly #gradient: Float32Array;
  #masks: PolicyModel['masks'];
  #scale = 1;
  #done = 0;
  /** Since the last metric. */
  #lossSum = 0;

  constructor(input: RecoveryInput) {
    this.#input = input;
    const { backend, parent, student } = input;
    const { network } = parent.description;
    const { inputSize, outputSize } = placeNetwork(network);
    this.#parent = backend.instantiate(network, parent.parameters, { maxBatch: LABEL_BATCH });
    this.#parent.setMasks(parent.masks);
    this.#student = backend.instantiate(student.description.network, student.parameters, {
      maxBatch: DISTILLATION.batchSize,
      optimizer: ADAM,
    });
    this.#masks = student.masks;
    this.#student.setMasks(student.masks);
    this.#inputs = new Float32Array(DISTILLATION.batchSize * inputSize);
    this.#labels = new Float32Array(DISTILLATION.batchSize * outputSize);
    this.#gradient = new Float32Array(DISTILLATION.batchSize * outputSize);

    const { experience } = input;
    const observations = experience.kind === 'recorded' ? experience.train : this.#parentStates(experience);
    this.#states = new LabelledStates({
      fixed: { observations, labels: this.#label(observations, inputSize) },
      observationSize: inputSize,
      outputSize,
      ringRows: experience.kind === 'recorded' ? 0 : DISTILLATION.studentStates,
    });
    if (experience.kind === 'recorded') this.#scale = this.#outputScale();
  }

  /** Of its own path, and of the neighbourhood of that. */
  #parentStates(experience: PlayedExperience): Float32Array {
    const { parent } = this.#input;
    const { parentStates, perturbedEpsilon, perturbedParentStates } = DISTILLATION;
    const own = this.#visit(experience, this.#parent, parent, 0, parentStates);
    const perturbed = this.#visit(experience, this.#parent, parent, perturbedEpsilon, perturbedParentStates);
    const observations = new Float32Array(own.length + perturbed.length);
    observations.set(own);
    observations.set(perturbed, own.length);
    return observations;
  }

  setMasks(masks: PolicyModel['masks']): void {
    this.#masks = masks;
    this.#student.setMasks(masks);
  }

  async advance(updates: number): Promise<boolean> {
    const { context, updates: planned } = this.#input;
    const { refreshEvery } = DISTILLATION;
    for (let i = 0; i < updates; i++) {
      if (this.#done % refreshEvery === 0) this.#refresh();
      const elapsed = Math.min(1, this.#done / Math.max(1, planned));
      const decay = (DISTILLATION.finalLearningRate / DISTILLATION.learningRate) ** elapsed;
      this.#lossSum += this.#update(DISTILLATION.learningRate * decay);
      this.#done++;
      if (this.#done % refreshEvery === 0) {
        context.metrics([{ name: 'distillation loss', step: this.#done, value: this.#lossSum / refreshEvery }]);
        this.#lossSum = 0;
      }
      if (await context.breathe()) return true;
    }
    return false;
  }

  current(): PolicyModel {
    return { ...this.#input.student, parameters: this.#student.readParameters(), masks: this.#masks };
  }

  dispose(): void {
    this.#parent.dispose();
    this.#student.dispose();
  }

  /** States of a few training episodes, sampled down to `maxStates`. */
  #visit(
    { environment, nextTrainingSeed }: PlayedExperience,
    instance: NetworkInstance,
    model: PolicyModel,
    epsilon: number,
    maxStates: number,
  ): Float32Array {
    const { random } = this.#input;
    const policy = modelPolicy(instance, model.description);
    return collectStates({
      environment,
      policy: epsilon > 0 ? exploringPolicy({ policy, environment, epsilon, random }) : policy,
      seeds: Array.from({ length: DISTILLATION.episodesPerRefresh }, nextTrainingSeed),
      maxStates,
      random,
    });
  }

  /** The parent's outputs, actions clipped where the space is bounded. [rows, outputSize] */
  #label(observations: Float32Array, inputSize: number): Float32Array {
    const rows = observations.length / inputSize;
    const { outputSize } = placeNetwork(this.#input.parent.description.network);
    const labels = new Float32Array(rows * outputSize);
    for (let from = 0; from < rows; from += LABEL_BATCH) {
      const count = Math.min(LABEL_BATCH, rows - from);
      const batch = observations.subarray(from * inputSize, (from + count) * inputSize);
      labels.set(this.#parent.forward(batch, count).subarray(0, count * outputSize), from * outputSize);
    }
    const { actionSpace } = this.#input.parent.description;
    if (actionSpace.kind === 'box') {
      labels.forEach((value, i) => {
        const dimension = i % outputSize;
        labels[i] = Math.min(actionSpace.high[dimension]!, Math.max(actionSpace.low[dimension]!, value));
      });
    }
    return labels;
  }

  /** What the student visits now; of what was recorded there is no more than that. */
  #refresh(): void {
    const { experience, student } = this.#input;
    if (experience.kind === 'recorded') return;
    const { visitEpsilon, statesPerRefresh } = DISTILLATION;
    const visited = this.#visit(experience, this.#student, student, visitEpsilon, statesPerRefresh);
    this.#states.add(visited, this.#label(visited, this.#states.observationSize));
    this.#scale = this.#outputScale();
  }

  /** What one unit of output means. Bounds that no environment has vouched for may be infinite: then how much it varies. */
  #outputScale(): number {
    const { experience, parent } = this.#input;
    const { actionSpace } = parent.description;
    const { labels } = this.#states;
    if (actionSpace.kind === 'discrete') return meanActionGap(labels, actionSpace.n);
    if (experience.kind === 'recorded') {
      const units = actionUnits({ kind: 'continuous', actions: labels, space: actionSpace });
      return units.reduce((sum, unit) => sum + unit, 0) / units.length;
    }
    return (
      actionSpace.high.reduce((sum, high, i) => sum + (high - actionSpace.low[i]!) / 2, 0) / actionSpace.high.length
    );
  }

  #update(learningRate: number): number {
    const { batchSize, temperature } = DISTILLATION;
    for (let row = 0; row < batchSize; row++) {
      this.#states.copyRow(this.#input.random.integer(this.#states.rows), this.#inputs, this.#labels, row);
    }
    const lossInput = {
      student: this.#student.forward(this.#inputs, batchSize, { tape: true }),
      parent: this.#labels,
      batch: batchSize,
      actions: this.#states.outputSize,
      scale: this.#scale,
      gradient: this.#gradient,
    };
    const loss =
      this.#input.parent.description.actionSpace.kind === 'discrete'
        ? discreteDistillationLoss({ ...lossInput, temperature })
        : continuousDistillationLoss(lossInput);
    this.#student.backward(this.#gradient);
    this.#input.onGradients?.(this.#student);
    this.#student.step({ learningRate });
    return loss;
  }
}

export const distill: Recovery = {
  id: 'distill',
  name: 'Policy distillation',
  explanation:
    'The dense parent says what it would do in the states that the pruned student visits, and the student learns it.',
  formula: 'τ · E[KL(p ‖ q) − g · ln q(a*)] on states of both',
  followsGradients: true,
  needsReturns: false,
  start: (input) => new DistillationSession(input),
};
