// Files on their way into the store, one after another. What did not get in stays, with its bytes, until it is put right
// or dismissed.
import type { Imported } from '../../src-main/contract/api/models.ts';
import { UNASSIGNED } from '../../src-main/contract/entity.ts';
import type { Problem } from '../../src-main/contract/secateur-error.ts';
import { call } from '../bridge/bridge.ts';
import { problemOf } from '../bridge/problem-error.ts';
import { chooseFiles, LARGEST_MESSAGE, readFile } from './file-bytes.ts';
import { measureUnlessKnown } from './measure.ts';
import { notices } from './notices.svelte.ts';
import { pairFiles } from './pair-files.ts';
import { addressOf, whereabouts } from './place.svelte.ts';

export type ImportState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'reading' }
  /** Which environment it was trained in is the person's to say. */
  | { readonly kind: 'undecided'; readonly problem: Problem; readonly environments: readonly string[] }
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** The browser could not hand its bytes over: a folder, or a file that is gone. */
  | { readonly kind: 'unreadable' }
  /** Larger than any policy. */
  | { readonly kind: 'too-large'; readonly bytes: number }
  /** A normaliser without its agent. */
  | { readonly kind: 'lonely' }
  | { readonly kind: 'imported'; readonly imported: Imported };

export interface Import {
  readonly id: number;
  readonly name: string;
  readonly normalizerName: string | null;
  readonly state: ImportState;
}

type Work = (environment: string | null) => Promise<ImportState>;

/** An import that has nothing more to say goes by itself. */
const SHOWN_MS = 6000;

function failed(problem: Problem): ImportState {
  const { choices = [] } = problem;
  return choices.length > 0 ? { kind: 'undecided', problem, environments: choices } : { kind: 'refused', problem };
}

function importing(agent: File, normalizer: File | null): Work {
  return async (environment) => {
    const bytes = agent.size + (normalizer?.size ?? 0);
    if (bytes > LARGEST_MESSAGE) return { kind: 'too-large', bytes };
    const file = await readFile(agent);
    const second = normalizer === null ? null : await readFile(normalizer);
    if (file === null || (normalizer !== null && second === null)) return { kind: 'unreadable' };
    return { kind: 'imported', imported: await call('models.import', { file, normalizer: second, environment }) };
  };
}

class Imports {
  #items = $state.raw<readonly Import[]>([]);
  readonly #works = new Map<number, { readonly work: Work; readonly alone: boolean }>();
  #nextId = 0;
  #busy = false;

  /** In the order in which they came. */
  get all(): readonly Import[] {
    return this.#items;
  }

  /** The sample is on its way. */
  get readingSample(): boolean {
    return this.#items.some(({ name, state }) => name === SAMPLE && isGoing(state));
  }

  add(files: readonly File[]): void {
    const pairs = pairFiles(files);
    for (const { agent, normalizer } of pairs) {
      if (agent !== null)
        this.#add(agent.name, normalizer?.name ?? null, importing(agent, normalizer), pairs.length === 1);
      else if (normalizer !== null) this.#show(normalizer.name, null, { kind: 'lonely' });
    }
    void this.#drain();
  }

  addSample(): void {
    if (this.readingSample) return;
    const work: Work = async () => ({ kind: 'imported', imported: await call('models.import-sample', null) });
    this.#add(SAMPLE, null, work, true);
    void this.#drain();
  }

  /** Opens the system's file dialog. */
  choose(): void {
    const take = (files: readonly File[]): void => {
      this.add(files);
    };
    chooseFiles({ accept: '.zip,.safetensors,.pkl,.pickle', multiple: true, take });
  }

  /** @param environment null: as before */
  async again(id: number, environment: string | null): Promise<void> {
    await this.#perform(id, environment);
  }

  dismiss(id: number): void {
    this.#works.delete(id);
    this.#items = this.#items.filter((item) => item.id !== id);
  }

  #add(name: string, normalizerName: string | null, work: Work, alone: boolean): void {
    this.#works.set(this.#show(name, normalizerName, { kind: 'waiting' }), { work, alone });
  }

  #show(name: string, normalizerName: string | null, state: ImportState): number {
    const id = this.#nextId++;
    this.#items = [...this.#items, { id, name, normalizerName, state }];
    return id;
  }

  #become(id: number, state: ImportState): void {
    this.#items = this.#items.map((item) => (item.id === id ? { ...item, state } : item));
  }

  async #drain(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let next = this.#waiting(); next !== undefined; next = this.#waiting()) await this.#perform(next.id, null);
    this.#busy = false;
  }

  #waiting(): Import | undefined {
    return this.#items.find(({ state }) => state.kind === 'waiting');
  }

  async #perform(id: number, environment: string | null): Promise<void> {
    const found = this.#works.get(id);
    if (found === undefined) return;
    const from = addressOf(whereabouts.place);
    this.#become(id, { kind: 'reading' });
    const state = await found.work(environment).catch((error: unknown) => failed(problemOf(error)));
    this.#become(id, state);
    if (state.kind !== 'imported') return;
    this.#works.delete(id);
    const { model, project, notes } = state.imported;
    if (notes.length === 0) {
      setTimeout(() => {
        this.dismiss(id);
      }, SHOWN_MS);
    }
    // Whoever went elsewhere in the meantime, or brought several, is not taken away from there.
    if (found.alone && addressOf(whereabouts.place) === from) {
      whereabouts.go({ view: 'model', modelId: model.id, tab: 'network' });
    }
    // Where nothing can be played, nothing can be measured.
    if (project.environmentId === UNASSIGNED) return;
    await notices.guard(() =>
      measureUnlessKnown({ modelId: model.id, baselineId: null, environment: project.environmentId }),
    );
  }
}

/** The name that the bundled agent is shown by. */
const SAMPLE = 'dqn-CartPole-v1.zip';

const isGoing = ({ kind }: ImportState): boolean => kind === 'waiting' || kind === 'reading';

export const imports = new Imports();
