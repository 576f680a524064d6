// The application behind every door: answers what pages ask, tells them what happens.
import { isChannel, channels, type Channel, type Handlers } from '../contract/api/api.ts';
import type { Answer } from '../contract/api/message.ts';
import { SecateurError, toProblem } from '../contract/secateur-error.ts';
import { AnalysisDesk } from './analyses/analysis-desk.ts';
import { EventStream, type EventListener } from './event-stream.ts';
import { analysisHandlers } from './handlers/analysis-handlers.ts';
import { applicationHandlers } from './handlers/application-handlers.ts';
import { episodeHandlers } from './handlers/episode-handlers.ts';
import { exportHandlers } from './handlers/export-handlers.ts';
import type { HandlerContext } from './handlers/handler-context.ts';
import { inspectionHandlers } from './handlers/inspection-handlers.ts';
import { modelHandlers } from './handlers/model-handlers.ts';
import { projectHandlers } from './handlers/project-handlers.ts';
import { recipeHandlers } from './handlers/recipe-handlers.ts';
import { runHandlers } from './handlers/run-handlers.ts';
import { RunBoard } from './run-board.ts';
import type { Services } from './services.ts';
import type { Surroundings } from './surroundings.ts';

/** A page asked for something that does not exist. */
export class UnknownChannelError extends SecateurError {
  readonly kind = 'internal';

  constructor(name: string) {
    super(`there is no channel "${name.slice(0, 100)}"`, 'The page and its host are of different versions: reload it.');
  }
}

/** What a page asked for cannot be. */
export class BadRequestError extends SecateurError {
  readonly kind = 'bad-input';

  constructor(channel: string, detail: string) {
    super(`"${channel}" was asked with values that it does not take: ${detail}`, 'Correct the value that is named.');
  }
}

export class Application {
  readonly board: RunBoard;
  readonly #analyses: AnalysisDesk;
  readonly #events = new EventStream();
  readonly #handlers: Handlers;

  constructor(services: Services, surroundings: Surroundings) {
    const { tell } = this.#events;
    this.board = new RunBoard(services, services.store.settings.read().concurrentRuns, tell);
    this.#analyses = new AnalysisDesk(services, tell);
    const context: HandlerContext = { services, surroundings, board: this.board, analyses: this.#analyses, tell };
    this.#handlers = {
      ...applicationHandlers(context),
      ...projectHandlers(context),
      ...modelHandlers(context),
      ...runHandlers(context),
      ...inspectionHandlers(context),
      ...analysisHandlers(context),
      ...exportHandlers(context),
      ...recipeHandlers(context),
      ...episodeHandlers(context),
    };
  }

  /** Never rejects: what went wrong is the answer. */
  async call(name: string, payload: unknown): Promise<Answer> {
    try {
      if (!isChannel(name)) throw new UnknownChannelError(name);
      return { ok: true, value: await this.#answer(name, payload) };
    } catch (error) {
      return { ok: false, problem: toProblem(error) };
    }
  }

  /** @returns ends the listening */
  listen(listener: EventListener): () => void {
    return this.#events.listen(listener);
  }

  /** Ends what computes and says the last things. The store is the caller's to close. */
  async close(): Promise<void> {
    await Promise.all([this.board.cancelAll(), this.#analyses.cancelAll()]);
    this.#events.flush();
  }

  #answer(name: Channel, payload: unknown): unknown {
    const request = channels[name].request.safeParse(payload);
    if (!request.success) {
      const issue = request.error.issues[0]!;
      const where = issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
      throw new BadRequestError(name, `${where}${issue.message}`);
    }
    const handle = this.#handlers[name] as (request: unknown) => unknown;
    return handle(request.data);
  }
}
