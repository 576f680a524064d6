// What every reader of a model file offers, so that the registry can choose one by looking at the bytes.
import type { PolicyModel } from '../networks/model.ts';

export interface ModelFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface ReadModel {
  readonly model: PolicyModel;
  /** What made it, for people: "PPO, Stable-Baselines3 2.3.0". */
  readonly origin: string;
  /** What could not be known and was assumed, one sentence each. */
  readonly notes: readonly string[];
  /** Whether it was trained on normalised observations and lacks the normaliser; null when the file does not tell. */
  readonly needsNormalizer: boolean | null;
}

export interface ModelReader {
  readonly id: string;
  readonly label: string;
  /** Whether the file is of this format, whole or not; `read` then says what is wrong with it. */
  match(file: ModelFile): boolean;
  read(file: ModelFile): ReadModel;
}
