// What carries calls and events between page and host; the rest of the page does not know which it is.
import type { Answer } from '../../src-main/contract/api/message.ts';

/**
 * `gone`: nobody answers. `locked`: somebody answers, but does not know this page: the host was started again, and has a new
 * key. `refused`: the page never had one.
 */
export type CarrierStatus = 'connecting' | 'connected' | 'gone' | 'locked' | 'refused';

export interface CarrierListener {
  /** Not checked yet. */
  readonly onEvents: (events: unknown) => void;
  readonly onStatus: (status: CarrierStatus) => void;
}

export interface Carrier {
  /** @throws ProblemError with `HOST_GONE` when there is nobody to answer */
  call(channel: string, payload: unknown): Promise<Answer>;
}
