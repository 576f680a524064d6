// Numbers whose sum is known at any time, and which can be found by where they lie in it (Schaul et al. 2016, appendix B.2.1).

/** A binary tree in an array: node i has the children 2i and 2i + 1, the leaves come last. Nothing is allocated by using it. */
export class SumTree {
  readonly capacity: number;
  readonly #leaves: number;
  readonly #nodes: Float64Array;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.#leaves = 2 ** Math.ceil(Math.log2(capacity));
    this.#nodes = new Float64Array(2 * this.#leaves);
  }

  get total(): number {
    return this.#nodes[1]!;
  }

  get(index: number): number {
    return this.#nodes[this.#leaves + index]!;
  }

  /** Parents are summed anew, not corrected: what a tree answers depends on its leaves alone, not on their history. */
  set(index: number, value: number): void {
    const nodes = this.#nodes;
    let node = this.#leaves + index;
    nodes[node] = value;
    for (node >>= 1; node >= 1; node >>= 1) nodes[node] = nodes[2 * node]! + nodes[2 * node + 1]!;
  }

  /** The index i with Σ_{j<i} ≤ `position` < Σ_{j≤i}; never one of value 0, whatever rounding does, unless all are. */
  find(position: number): number {
    const nodes = this.#nodes;
    let node = 1;
    let left = position;
    while (node < this.#leaves) {
      node *= 2;
      if (nodes[node]! > 0 && (left < nodes[node]! || nodes[node + 1] === 0)) continue;
      left -= nodes[node]!;
      node++;
    }
    return node - this.#leaves;
  }

  /** A view of the first values. */
  first(count: number): Float64Array {
    return this.#nodes.subarray(this.#leaves, this.#leaves + count);
  }

  /** All values at once: these, and 0 for the rest. */
  fill(values: Float64Array): void {
    const nodes = this.#nodes;
    nodes.fill(0);
    nodes.set(values, this.#leaves);
    for (let node = this.#leaves - 1; node >= 1; node--) nodes[node] = nodes[2 * node]! + nodes[2 * node + 1]!;
  }
}
