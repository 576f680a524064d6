// The application of a host on a store of its own, as a page sees it.
import { channels, type AnswerOf, type Channel, type RequestOf } from '../../src-main/contract/api/api.ts';
import type { ApplicationEvent } from '../../src-main/contract/api/event.ts';
import type { Problem } from '../../src-main/contract/secateur-error.ts';
import { Application } from '../../src-main/services/application.ts';
import type { Services } from '../../src-main/services/services.ts';
import { OnlyInAWindowError } from '../../src-main/services/surroundings.ts';
import { openSampleServices } from './sample-services.ts';

export interface SampleApplication {
  readonly application: Application;
  readonly services: Services;
  /** Everything that was told, so far. */
  readonly events: readonly ApplicationEvent[];
  readonly ask: <C extends Channel>(channel: C, request: RequestOf<C>) => Promise<AnswerOf<C>>;
  /** What is answered instead of a value. */
  readonly problem: (channel: string, request: unknown) => Promise<Problem>;
  /** Resolves with the first event, past or to come, that fits. */
  readonly event: (fits: (event: ApplicationEvent) => boolean) => Promise<ApplicationEvent>;
}

export async function openSampleApplication(given?: Services): Promise<SampleApplication> {
  const services = given ?? (await openSampleServices());
  const application = new Application(services, {
    door: 'browser',
    versions: { electron: null, chromium: null },
    chooseFolder: () => Promise.reject(new OnlyInAWindowError('choosing a folder')),
    reveal: () => Promise.reject(new OnlyInAWindowError('showing a folder')),
  });
  const events: ApplicationEvent[] = [];
  const waiting = new Set<() => void>();
  application.listen((batch) => {
    events.push(...batch);
    for (const look of waiting) look();
  });
  return {
    application,
    services,
    events,
    ask: async (channel, request) => {
      const answer = await application.call(channel, request);
      if (!answer.ok) throw new Error(`${channel}: ${answer.problem.message}`);
      return channels[channel].answer.parse(answer.value) as AnswerOf<typeof channel>;
    },
    problem: async (channel, request) => {
      const answer = await application.call(channel, request);
      if (answer.ok) throw new Error(`${channel} was answered with a value`);
      return answer.problem;
    },
    event: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = events.find(fits);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}

/** The run has come to this end. */
export const ended =
  (runId: string, status: string) =>
  (event: ApplicationEvent): boolean =>
    event.type === 'run' && event.run.id === runId && event.run.status === status && event.activity === null;
