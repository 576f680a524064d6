// One export in the making: formats, a folder, the run that writes and compares, and what came of it.
import type { Snippet } from '../../src-main/contract/api/exports.ts';
import type { Outcome } from '../../src-main/contract/outcome.ts';
import type { ExportFormat, ExportRecipe } from '../../src-main/contract/recipe.ts';
import type { Problem } from '../../src-main/contract/secateur-error.ts';
import { call, onEvent } from '../bridge/bridge.ts';
import { problemOf } from '../bridge/problem-error.ts';
import { chooseFolder } from './choose-folder.ts';
import { host } from './host.svelte.ts';

export type Exported = Extract<Outcome, { kind: 'export' }>;

export class Exporting {
  #folder = $state('');
  #formats = $state.raw<readonly ExportFormat[]>(['onnx', 'tfjs', 'safetensors']);
  #force = $state(false);
  #runId = $state<string | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #exported = $state.raw<Exported | null>(null);
  #snippets = $state.raw<readonly Snippet[]>([]);
  readonly #modelId: string;
  readonly #environment: string;

  /** For the life of a component: make it while one is being made. */
  constructor(modelId: string, environment: string) {
    this.#modelId = modelId;
    this.#environment = environment;
    void this.#suggest();
    $effect(() =>
      onEvent((event) => {
        if (event.type === 'run' && event.run.id === this.#runId && event.activity === null) void this.#finish();
      }),
    );
  }

  get folder(): string {
    return this.#folder;
  }

  set folder(folder: string) {
    this.#folder = folder;
    this.#problem = null;
  }

  get force(): boolean {
    return this.#force;
  }

  set force(force: boolean) {
    this.#force = force;
    this.#problem = null;
  }

  get formats(): readonly ExportFormat[] {
    return this.#formats;
  }

  /** The run that is going on; null when there is none. */
  get runId(): string | null {
    return this.#runId;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  get exported(): Exported | null {
    return this.#exported;
  }

  get snippets(): readonly Snippet[] {
    return this.#snippets;
  }

  toggle(format: ExportFormat): void {
    const without = this.#formats.filter((chosen) => chosen !== format);
    this.#formats = without.length < this.#formats.length ? without : [...this.#formats, format];
  }

  async start(): Promise<void> {
    this.#problem = null;
    this.#exported = null;
    const recipe: ExportRecipe = {
      kind: 'export',
      version: 1,
      seed: 0,
      backend: host.settings.backend,
      source: { kind: 'model', id: this.#modelId },
      environment: this.#environment,
      export: { folder: this.#folder, formats: this.#formats, force: this.#force },
    };
    try {
      this.#runId = (await call('runs.start', { recipe })).id;
      // It may have ended before this page knew its name.
      await this.#finish();
    } catch (error) {
      this.#runId = null;
      this.#problem = problemOf(error);
    }
  }

  async cancel(): Promise<void> {
    if (this.#runId !== null) await call('runs.cancel', { id: this.#runId });
  }

  async chooseFolder(title: string): Promise<void> {
    const chosen = await chooseFolder(title);
    if (chosen !== null) this.folder = chosen;
  }

  async reveal(exportId: string): Promise<void> {
    await call('system.reveal-export', { exportId });
  }

  archive(exportId: string): Promise<{ name: string; bytes: Uint8Array }> {
    return call('exports.archive', { exportId });
  }

  async #suggest(): Promise<void> {
    try {
      const folder = await call('exports.suggest-folder', { modelId: this.#modelId });
      if (this.#folder === '') this.#folder = folder;
    } catch (error) {
      this.#problem = problemOf(error);
    }
  }

  async #finish(): Promise<void> {
    const id = this.#runId;
    if (id === null) return;
    const { run, outcome } = await call('runs.get', { id });
    if (run.status === 'queued' || run.status === 'running' || id !== this.#runId) return;
    this.#runId = null;
    this.#problem = run.problem;
    if (outcome?.kind !== 'export') return;
    this.#exported = outcome;
    this.#snippets = await call('exports.snippets', { runId: id });
  }
}
