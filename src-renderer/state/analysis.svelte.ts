// A question about a model: whether it is answered, how far its answer is, and what went wrong.
import type { AnalysisAnswer, AnalysisQuestion, AnalysisState } from '../../src-main/contract/api/analyses.ts';
import type { RunProgress } from '../../src-main/contract/api/runs.ts';
import type { Problem } from '../../src-main/contract/secateur-error.ts';
import { call, onEvent } from '../bridge/bridge.ts';
import { problemOf } from '../bridge/problem-error.ts';

export class Analysis {
  readonly question: AnalysisQuestion;
  #state = $state.raw<AnalysisState | null>(null);
  #problem = $state.raw<Problem | null>(null);

  constructor(question: AnalysisQuestion) {
    this.question = question;
  }

  /** Null as long as the host has not said whether there is one. */
  get status(): 'unknown' | 'none' | 'computing' | 'answered' | 'failed' {
    if (this.#problem !== null) return 'failed';
    return this.#state?.state ?? 'unknown';
  }

  get answer(): AnalysisAnswer | null {
    return this.#state?.state === 'answered' ? this.#state.answer : null;
  }

  /** Null before the worker has said something. */
  get progress(): RunProgress | null {
    return this.#state?.state === 'computing' ? this.#state.progress : null;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  /** Finds out what is known already; follows what is on its way. */
  look(): Promise<void> {
    return this.#follow('analyses.look');
  }

  start(): Promise<void> {
    return this.#follow('analyses.start');
  }

  async cancel(): Promise<void> {
    if (this.#state?.state === 'computing') await call('analyses.cancel', { id: this.#state.id });
  }

  async #follow(channel: 'analyses.look' | 'analyses.start'): Promise<void> {
    try {
      const state = await call(channel, { question: this.question });
      this.#problem = null;
      this.#state = state;
      if (state.state === 'computing') await this.#wait(state.id);
    } catch (error) {
      const problem = problemOf(error);
      // Whoever cancels knows it.
      this.#state = problem.kind === 'cancelled' ? { state: 'none' } : this.#state;
      this.#problem = problem.kind === 'cancelled' ? null : problem;
    }
  }

  async #wait(id: string): Promise<void> {
    const stopListening = onEvent((event) => {
      if (event.type !== 'analysis' || event.id !== id) return;
      this.#state = { state: 'computing', id, progress: event.progress };
    });
    try {
      this.#state = { state: 'answered', answer: await call('analyses.answer', { id }) };
    } finally {
      stopListening();
    }
  }
}
