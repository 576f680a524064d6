// The part of a network that acts, cut behind one layer, so that its units can be switched off row by row of a batch.
import type { NetworkSpecification } from '../../../contract/network.ts';
import type { PolicyModel } from '../../networks/model.ts';
import { applyMasks, type Parameters } from '../../networks/parameters.ts';
import { allLayers, parameterShapes, placeNetwork, sizeOf, type PlacedLayer } from '../../networks/shapes.ts';
import type { Backend, NetworkInstance } from '../../numerics/backend.ts';

/** The layers from the input to what decides: of a dueling network the advantages, whose order is that of the Q-values. */
export function actingChain({ network, policy }: PolicyModel['description']): readonly PlacedLayer[] {
  const { trunk, heads } = placeNetwork(network);
  const name = network.combine === 'dueling' ? 'advantage' : policy.head;
  return [...trunk, ...heads.find((head) => head.name === name)!.layers];
}

function part(
  layers: readonly PlacedLayer[],
  input: NetworkSpecification['input'],
  parameters: Parameters,
): { network: NetworkSpecification; parameters: Parameters; cost: number } {
  const head = { name: 'part', layers: layers.map(({ layer }) => layer) };
  const network: NetworkSpecification = { input, trunk: [], heads: [head], combine: 'concatenate' };
  const shapes = parameterShapes(network);
  const own = Object.fromEntries(Object.keys(shapes).map((name) => [name, parameters[name]!]));
  const macs = allLayers(placeNetwork(network)).map(({ layer, outputShape }) => {
    const kernel = shapes[`${layer.name}/kernel`];
    return kernel === undefined ? 0 : sizeOf(kernel) * sizeOf(outputShape.slice(0, -1));
  });
  return { network, parameters: own, cost: macs.reduce((sum, count) => sum + count, 0) };
}

/** Of a value that is gated. */
const GATE_COST = 100;

/** A policy network in two: what computes the units of a layer, and what reads them. */
export class GatedNetwork {
  /** Values that the layer puts out, units fastest. */
  readonly width: number;
  readonly outputs: number;
  /** Of one row, in multiply-accumulates: to read it, and to answer. */
  readonly cost: { readonly read: number; readonly answer: number };
  readonly #before: NetworkInstance;
  readonly #behind: NetworkInstance;
  readonly #players: readonly number[];
  /** Of each player, where in the layer's output its values are, [players][positions]. */
  readonly #places: readonly Int32Array[];
  readonly #gated: Float32Array;

  /**
   * @param layer one of the acting chain, not its last
   * @param players the units that can be switched on; the others are off
   * @param maxBatch rows at a time
   */
  constructor(input: {
    readonly model: PolicyModel;
    readonly layer: string;
    readonly players: readonly number[];
    readonly backend: Backend;
    readonly maxBatch: number;
  }) {
    const { model, layer, players, backend, maxBatch } = input;
    const chain = actingChain(model.description);
    const at = chain.findIndex((placed) => placed.layer.name === layer) + 1;
    const parameters = applyMasks(model.parameters, model.masks);
    const shape = chain[at - 1]!.outputShape;
    const before = part(chain.slice(0, at), model.description.network.input, parameters);
    const behind = part(chain.slice(at), { shape, scale: 1 }, parameters);
    this.width = sizeOf(shape);
    this.outputs = sizeOf(chain.at(-1)!.outputShape);
    this.cost = { read: before.cost, answer: behind.cost + GATE_COST * this.width };
    const units = shape.at(-1)!;
    this.#players = players;
    this.#places = players.map((unit) =>
      Int32Array.from({ length: this.width / units }, (_, position) => position * units + unit),
    );
    this.#before = backend.instantiate(before.network, before.parameters, { maxBatch });
    this.#behind = backend.instantiate(behind.network, behind.parameters, { maxBatch });
    this.#gated = new Float32Array(maxBatch * this.width);
  }

  /** What the layer puts out, [rows, width]; valid until the next call. @param observations [rows, inputSize] */
  read(observations: Float32Array, rows: number): Float32Array {
    return this.#before.forward(observations, rows);
  }

  /**
   * The policy's outputs when in row r only the players of coalition r put out anything, [rows, outputs]; valid until
   * the next call.
   * @param rowAt where in `values` what the layer puts out in row r begins
   * @param coalitions [rows, players]
   */
  answer(values: Float32Array, rowAt: (row: number) => number, coalitions: Uint8Array, rows: number): Float32Array {
    const gated = this.#gated;
    gated.fill(0, 0, rows * this.width);
    for (let row = 0; row < rows; row++) {
      const from = rowAt(row);
      const to = row * this.width;
      for (let player = 0; player < this.#players.length; player++) {
        if (coalitions[row * this.#players.length + player] === 0) continue;
        const places = this.#places[player]!;
        for (let i = 0; i < places.length; i++) gated[to + places[i]!] = values[from + places[i]!]!;
      }
    }
    return this.#behind.forward(gated.subarray(0, rows * this.width), rows);
  }

  dispose(): void {
    this.#before.dispose();
    this.#behind.dispose();
  }
}
