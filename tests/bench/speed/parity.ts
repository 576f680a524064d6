// Whether both sides compute the same thing at all: the same updates from the same parameters on the same batches.
import { z } from 'zod';
import type { DqnAgent } from '../../../src-main/engine/agents/dqn/agent.ts';
import { allocateTransitions, ReplayBuffer, type Transitions } from '../../../src-main/engine/agents/dqn/replay.ts';
import { partOf } from '../../../src-main/engine/agents/saved-state.ts';
import type { Parameters } from '../../../src-main/engine/networks/parameters.ts';
import { SecateurError } from '../../../src-main/contract/secateur-error.ts';
import { placeNetwork } from '../../../src-main/engine/networks/shapes.ts';
import { randomStateSchema } from '../../../src-main/engine/random/random-state.ts';
import { Random } from '../../../src-main/engine/random/random.ts';
import { LEARNING_RATE } from './learner.ts';
import type { LearningTask } from './networks.ts';
import type { Peer } from './peer.ts';

const UPDATES = 3;
const TOLERANCE = 1e-4; // less than one update moves a parameter

/** A benchmark of two things that do not do the same. */
export class ParityError extends SecateurError {
  readonly kind = 'internal';

  constructor(what: string, difference: number) {
    super(
      `${what} differ by ${difference}, more than ${TOLERANCE}`,
      'Run the tests of the numerics: npm test -- numerics',
    );
  }
}

/**
 * @returns the difference in words
 * @throws ParityError when it is too large
 */
export function checkDifference(what: string, difference: number): string {
  if (!(difference <= TOLERANCE)) throw new ParityError(what, difference);
  return `${what} equal within ${difference.toExponential(1)}`;
}

const countersSchema = z.object({ sampling: randomStateSchema });

export const toBase64 = ({ buffer, byteOffset, byteLength }: ArrayBufferView): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

export function fromBase64(text: string): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer);
}

export const mapValues = <T, R>(record: Readonly<Record<string, T>>, map: (value: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));

export function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity;
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}

/** The batches that the agent will draw next. */
function nextBatches(agent: DqnAgent, { network, batch, replaySize }: LearningTask): Transitions[] {
  const { inputSize: observationSize } = placeNetwork(network);
  const state = agent.saveState();
  const replay = new ReplayBuffer({ capacity: replaySize, observationSize });
  replay.loadState(partOf(state, 'replay'));
  const sampling = Random.fromState(countersSchema.parse(partOf(state, 'counters').values).sampling);
  return Array.from({ length: UPDATES }, () => {
    const drawn = allocateTransitions(batch, observationSize);
    for (let row = 0; row < batch; row++) {
      const slot = sampling.integer(replay.size);
      replay.read(slot, drawn, row);
      replay.readNextObservation(slot, drawn.nextObservations, row);
    }
    return drawn;
  });
}

/**
 * Updates the agent, and PyTorch's copy of it.
 * @returns what was found, for the report
 * @throws ParityError when the parameters differ afterwards
 */
export async function checkUpdates(peer: Peer, agent: DqnAgent, task: LearningTask): Promise<string> {
  const request = {
    network: task.network,
    learningRate: LEARNING_RATE,
    parameters: mapValues(agent.network.readParameters(), toBase64),
    masks: mapValues(agent.model().masks, toBase64),
    batches: nextBatches(agent, task).map((batch) => mapValues({ ...batch }, toBase64)),
  };
  const theirs: Parameters = mapValues(await peer.ask(z.record(z.string(), z.string()), 'learn', request), fromBase64);
  for (let update = 0; update < UPDATES; update++) agent.update();
  const differences = Object.entries(agent.network.readParameters()).map(([name, values]) =>
    largestDifference(values, theirs[name] ?? new Float32Array()),
  );
  return checkDifference(`parameters after ${UPDATES} updates`, Math.max(...differences));
}
