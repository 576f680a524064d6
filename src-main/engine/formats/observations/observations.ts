// What a file of observations is, and what it becomes.

export interface ObservationsFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** As the environment gave them: what normalises them is part of the model. */
export interface Observations {
  readonly rows: number;
  /** [rows, observationSize], all finite. */
  readonly values: Float32Array;
}

export interface ReadObservations extends Observations {
  /** How the file has its numbers: "float32", "float64", "uint8", or "text". */
  readonly type: string;
}
