// Where questions about models are asked: answered from the store, or computed once however many ask.
import { randomUUID } from 'node:crypto';
import type { AnalysisAnswer, AnalysisQuestion, AnalysisState } from '../../contract/api/analyses.ts';
import type { ApplicationEvent } from '../../contract/api/event.ts';
import { UNASSIGNED } from '../../contract/entity.ts';
import { SecateurError } from '../../contract/secateur-error.ts';
import { JobAbortedError } from '../job-errors.ts';
import { ProgressMeter } from '../progress-meter.ts';
import { RunControl } from '../run-control.ts';
import type { Services } from '../services.ts';
import { Turns, type Turn } from '../turns.ts';
import { answerOf, jobOf, textOf, type PosedQuestion } from './question.ts';
import { fromStored, toStored } from './stored-answer.ts';

/** Beside the runs; whoever asks more waits. */
const AT_ONCE = 2;
/** Analyses that have ended and can still be asked how: a page asks at once, or not at all. */
const REMEMBERED = 20;

/** Asked for the answer of an analysis that this host does not have. */
export class AnalysisGoneError extends SecateurError {
  readonly kind = 'not-found';

  constructor(id: string) {
    super(
      `there is no analysis "${id}"`,
      'The host was started anew since, or it ended long ago: ask the question again.',
    );
  }
}

interface Underway {
  readonly id: string;
  readonly key: string;
  readonly turn: Turn;
  readonly control: RunControl;
  readonly progress: ProgressMeter;
}

export class AnalysisDesk {
  readonly #services: Services;
  readonly #tell: (event: ApplicationEvent) => void;
  readonly #turns = new Turns(AT_ONCE);
  readonly #underway = new Map<string, Underway>();
  /** Of those underway and the last that ended, oldest first. */
  readonly #answers = new Map<string, Promise<AnalysisAnswer>>();

  constructor(services: Services, tell: (event: ApplicationEvent) => void) {
    this.#services = services;
    this.#tell = tell;
  }

  look(question: AnalysisQuestion): AnalysisState {
    const posed = this.#pose(question);
    const stored = this.#services.store.analyses.find(posed.model.artifactHash, textOf(posed));
    const answer = stored === null ? null : fromStored(stored);
    if (answer !== null) return { state: 'answered', answer };
    const underway = this.#underway.get(keyOf(posed));
    if (underway === undefined) return { state: 'none' };
    return { state: 'computing', id: underway.id, progress: underway.progress.measured };
  }

  start(question: AnalysisQuestion): AnalysisState {
    const found = this.look(question);
    if (found.state !== 'none') return found;
    return { state: 'computing', id: this.#begin(this.#pose(question)), progress: null };
  }

  /** @throws AnalysisGoneError, JobAbortedError, and what the worker reported */
  answer(id: string): Promise<AnalysisAnswer> {
    const answer = this.#answers.get(id);
    if (answer === undefined) throw new AnalysisGoneError(id);
    return answer;
  }

  cancel(id: string): void {
    const underway = [...this.#underway.values()].find((candidate) => candidate.id === id);
    if (underway !== undefined && !underway.turn.giveUp(new JobAbortedError())) underway.control.abort();
  }

  /** Resolves when nothing computes any more. */
  async cancelAll(): Promise<void> {
    for (const { id } of this.#underway.values()) this.cancel(id);
    await Promise.allSettled(this.#answers.values());
  }

  /** @throws RecordNotFoundError */
  #pose(question: AnalysisQuestion): PosedQuestion {
    const { models, projects } = this.#services.store;
    const model = models.get(question.modelId);
    const { environmentId } = projects.get(model.projectId);
    return { question, model, environment: environmentId === UNASSIGNED ? null : environmentId };
  }

  #begin(posed: PosedQuestion): string {
    const turn = this.#turns.take();
    const control = new RunControl(turn.granted);
    const progress = new ProgressMeter(this.#services.clock);
    const underway = { id: randomUUID(), key: keyOf(posed), turn, control, progress };
    this.#underway.set(underway.key, underway);
    const answer = this.#compute(posed, underway).finally(() => {
      turn.release();
      this.#underway.delete(underway.key);
    });
    // Whoever asked may have left.
    answer.catch(() => undefined);
    this.#remember(underway.id, answer);
    return underway.id;
  }

  async #compute(posed: PosedQuestion, { id, control, progress }: Underway): Promise<AnalysisAnswer> {
    const { store, jobHost } = this.#services;
    await control.turn;
    const bytes = await store.artifacts.get(posed.model.artifactHash);
    const job = jobHost.start(jobOf(posed, bytes, store.settings.read().backend), (event) => {
      if (event.type === 'progress') this.#tell({ type: 'analysis', id, progress: progress.add(event.progress) });
    });
    control.take(job);
    const answer = answerOf(await job.result);
    store.analyses.keep(posed.model.artifactHash, textOf(posed), toStored(answer));
    return answer;
  }

  #remember(id: string, answer: Promise<AnalysisAnswer>): void {
    this.#answers.set(id, answer);
    const underway = new Set([...this.#underway.values()].map((analysis) => analysis.id));
    const ended = [...this.#answers.keys()].filter((candidate) => !underway.has(candidate));
    for (const old of ended.slice(0, Math.max(0, ended.length - REMEMBERED))) this.#answers.delete(old);
  }
}

const keyOf = (posed: PosedQuestion): string => `${posed.model.artifactHash} ${textOf(posed)}`;
