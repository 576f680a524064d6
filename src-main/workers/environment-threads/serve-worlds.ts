// The other end of an EnvironmentThread: waits for a ticket, steps a block of worlds or answers a question, and waits again.
import { receiveMessageOnPort } from 'node:worker_threads';
import { toProblem } from '../../contract/secateur-error.ts';
import { LocalWorlds } from '../../engine/environments/local-worlds.ts';
import { environments } from '../../engine/environments/registry.ts';
import { Random } from '../../engine/random/random.ts';
import { ANSWERED, ASKED, BLOCK, FAILED, MESSAGE, type Answer, type Question, type ThreadData } from './protocol.ts';
import { sharedBlock, type SharedBlock } from './shared-block.ts';

interface Block {
  readonly shared: SharedBlock;
  readonly worlds: LocalWorlds;
  /** Of the episode in each slot. */
  readonly randoms: (Random | undefined)[];
}

class Blocks {
  readonly #environment: string;
  readonly #blocks = new Map<number, Block>();

  constructor(environment: string) {
    this.#environment = environment;
  }

  step(block: number): void {
    const { worlds, shared } = this.#blocks.get(block)!;
    worlds.step(shared.actions);
  }

  answer(question: Question): Answer {
    if (question.kind === 'open') {
      const shared = sharedBlock(question.shape, question.buffer);
      const worlds = new LocalWorlds(environments.get(this.#environment), shared);
      this.#blocks.set(question.block, { shared, worlds, randoms: [] });
      return {};
    }
    const { worlds, randoms } = this.#blocks.get(question.block)!;
    switch (question.kind) {
      case 'close':
        this.#blocks.delete(question.block);
        return {};
      case 'reset': {
        const { index, seed } = question;
        worlds.reset(index, seed, (randoms[index] = new Random(seed)));
        return {};
      }
      case 'save':
        return {
          state: worlds.saveState(question.index),
          random: randoms[question.index]?.saveState() ?? null,
        };
      case 'load': {
        const { index, state } = question;
        worlds.loadState(index, state, (randoms[index] = Random.fromState(question.random)));
        return {};
      }
      case 'scene':
        return { scene: worlds.scene(question.index) };
    }
  }
}

/** Serves until the thread is ended from outside, or a world throws. */
export function serveWorlds({ control, port, environment }: ThreadData): void {
  const blocks = new Blocks(environment);
  const fail = (error: unknown): void => {
    port.postMessage({ problem: toProblem(error) } satisfies Answer);
    Atomics.store(control, FAILED, 1);
    Atomics.notify(control, ANSWERED);
  };
  // Something ends the thread that is none of its business; whoever waits for an answer must not wait for ever.
  process.once('exit', (code) => {
    if (Atomics.load(control, FAILED) === 0) fail(new Error(`the thread ended with code ${String(code)}`));
  });
  for (let answered = 0; ;) {
    Atomics.wait(control, ASKED, answered);
    const asked = Atomics.load(control, ASKED);
    if (asked === answered) continue;
    try {
      const block = control[BLOCK]!;
      if (block !== MESSAGE) blocks.step(block);
      else port.postMessage(blocks.answer((receiveMessageOnPort(port) as { message: Question }).message));
    } catch (error) {
      fail(error);
      return;
    }
    answered = asked;
    Atomics.store(control, ANSWERED, answered);
    Atomics.notify(control, ANSWERED);
  }
}
