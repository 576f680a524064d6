// The states that the parent has been asked about, with its answers; the student's newest states replace its oldest.

/** Two halves: states of the parent, which stay, and a ring of states of the student. */
export class LabelledStates {
  readonly observationSize: number;
  readonly outputSize: number;
  readonly #fixedRows: number;
  readonly #capacity: number;
  readonly #observations: Float32Array;
  readonly #labels: Float32Array;
  #added = 0;

  /**
   * @param fixed states that are never replaced, [rows, observationSize], and the parent's outputs on them
   * @param ringRows how many further states are remembered
   */
  constructor(input: {
    readonly fixed: { readonly observations: Float32Array; readonly labels: Float32Array };
    readonly observationSize: number;
    readonly outputSize: number;
    readonly ringRows: number;
  }) {
    this.observationSize = input.observationSize;
    this.outputSize = input.outputSize;
    this.#fixedRows = input.fixed.observations.length / input.observationSize;
    this.#capacity = input.ringRows;
    this.#observations = new Float32Array((this.#fixedRows + input.ringRows) * input.observationSize);
    this.#labels = new Float32Array((this.#fixedRows + input.ringRows) * input.outputSize);
    this.#observations.set(input.fixed.observations);
    this.#labels.set(input.fixed.labels);
  }

  get rows(): number {
    return this.#fixedRows + Math.min(this.#added, this.#capacity);
  }

  /** [rows, observationSize] */
  get observations(): Float32Array {
    return this.#observations.subarray(0, this.rows * this.observationSize);
  }

  /** [rows, outputSize] */
  get labels(): Float32Array {
    return this.#labels.subarray(0, this.rows * this.outputSize);
  }

  add(observations: Float32Array, labels: Float32Array): void {
    const rows = observations.length / this.observationSize;
    for (let row = 0; row < rows; row++) {
      const slot = this.#fixedRows + (this.#added % this.#capacity);
      const { observationSize, outputSize } = this;
      this.#observations.set(
        observations.subarray(row * observationSize, (row + 1) * observationSize),
        slot * observationSize,
      );
      this.#labels.set(labels.subarray(row * outputSize, (row + 1) * outputSize), slot * outputSize);
      this.#added++;
    }
  }

  /** Copies one row to row `target` of a batch. */
  copyRow(row: number, batchObservations: Float32Array, batchLabels: Float32Array, target: number): void {
    const { observationSize, outputSize } = this;
    for (let i = 0; i < observationSize; i++) {
      batchObservations[target * observationSize + i] = this.#observations[row * observationSize + i]!;
    }
    for (let i = 0; i < outputSize; i++) {
      batchLabels[target * outputSize + i] = this.#labels[row * outputSize + i]!;
    }
  }
}
