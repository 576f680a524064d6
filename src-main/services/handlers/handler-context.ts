// What the handlers of every area are given.
import type { ApplicationEvent } from '../../contract/api/event.ts';
import type { AnalysisDesk } from '../analyses/analysis-desk.ts';
import type { RunBoard } from '../run-board.ts';
import type { Services } from '../services.ts';
import type { Surroundings } from '../surroundings.ts';

export interface HandlerContext {
  readonly services: Services;
  readonly surroundings: Surroundings;
  readonly board: RunBoard;
  readonly analyses: AnalysisDesk;
  /** Says something to every page. */
  readonly tell: (event: ApplicationEvent) => void;
}
