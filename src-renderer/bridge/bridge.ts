// The contract as the page calls it: typed requests, checked answers, checked events.
import { channels, type AnswerOf, type Channel, type RequestOf } from '../../src-main/contract/api/api.ts';
import { eventBatchSchema, type ApplicationEvent } from '../../src-main/contract/api/event.ts';
import type { Carrier, CarrierStatus } from './carrier.ts';
import { ProblemError } from './problem-error.ts';
import { socketCarrier } from './socket-carrier.ts';
import { pageBridge, windowCarrier } from './window-carrier.ts';

type EventListener = (event: ApplicationEvent) => void;

const listeners = new Set<EventListener>();
const statusListeners = new Set<(status: CarrierStatus) => void>();
let status: CarrierStatus = 'connecting';
let carrier: Carrier | null = null;

/** Connects to the host; once, before anything is called. */
export function connect(): void {
  const listener = {
    onEvents: (events: unknown): void => {
      for (const event of eventBatchSchema.parse(events)) for (const hear of listeners) hear(event);
    },
    onStatus: (now: CarrierStatus): void => {
      status = now;
      for (const hear of statusListeners) hear(now);
    },
  };
  const bridge = pageBridge();
  carrier = bridge === undefined ? socketCarrier(listener) : windowCarrier(bridge, listener);
}

/** @throws ProblemError with what the host answered instead */
export async function call<C extends Channel>(channel: C, request: RequestOf<C>): Promise<AnswerOf<C>> {
  if (carrier === null) throw new Error('connect() comes first');
  const answer = await carrier.call(channel, request);
  if (!answer.ok) throw new ProblemError(answer.problem);
  return channels[channel].answer.parse(answer.value) as AnswerOf<C>;
}

/** @returns ends the listening */
export function onEvent(listener: EventListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Called at once with the present status. @returns ends the listening */
export function onStatus(listener: (status: CarrierStatus) => void): () => void {
  statusListeners.add(listener);
  listener(status);
  return () => statusListeners.delete(listener);
}
