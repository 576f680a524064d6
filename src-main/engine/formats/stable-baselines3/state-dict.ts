// The weights of policy.pth, handed out once each: what nobody asked for at the end is a layer that was not understood.
import { checkFinite } from '../finite-weights.ts';
import type { TorchTensor } from '../torch/tensor.ts';
import { InconsistentAgentError } from './errors.ts';

export class StateDict {
  readonly file: string;
  readonly #tensors: ReadonlyMap<string, TorchTensor>;
  readonly #unread: Set<string>;

  constructor(file: string, tensors: ReadonlyMap<string, TorchTensor>) {
    this.file = file;
    this.#tensors = tensors;
    this.#unread = new Set(tensors.keys());
  }

  get keys(): readonly string[] {
    return [...this.#tensors.keys()];
  }

  get unread(): readonly string[] {
    return [...this.#unread];
  }

  has(prefix: string): boolean {
    return this.keys.some((key) => key.startsWith(prefix));
  }

  /**
   * A tensor of a given rank.
   * @throws InconsistentAgentError, NonFiniteWeightsError
   */
  take(key: string, rank: number): TorchTensor {
    const tensor = this.#tensors.get(key);
    if (tensor === undefined) throw new InconsistentAgentError(this.file, `tensor "${key}" is missing`);
    if (tensor.shape.length !== rank) {
      throw new InconsistentAgentError(this.file, `tensor "${key}" has the shape [${tensor.shape.join(', ')}]`);
    }
    checkFinite({ file: this.file, tensor: key, values: tensor.values });
    this.#unread.delete(key);
    return tensor;
  }

  /** Leaves out what the policy does not need, such as target networks. */
  skip(prefix: string): void {
    for (const key of this.#unread) if (key.startsWith(prefix)) this.#unread.delete(key);
  }

  /** Whether the tensors under one prefix are those under the other. */
  equal(prefix: string, other: string): boolean {
    return this.keys
      .filter((key) => key.startsWith(prefix))
      .every((key) => {
        const [left, right] = [this.#tensors.get(key), this.#tensors.get(other + key.slice(prefix.length))];
        return left?.values.every((value, i) => value === right?.values[i]) ?? false;
      });
  }
}
