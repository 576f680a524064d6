// The contract inside a window: one line for questions, one for events.
import type { IpcMain, WebContents } from 'electron';
import { requestMessageSchema, type Answer } from '../../contract/api/message.ts';
import { CALL_LINE, EVENT_LINE } from '../../contract/api/page-bridge.ts';
import { SecateurError, toProblem } from '../../contract/secateur-error.ts';
import type { Application } from '../../services/application.ts';
import type { EventListener } from '../../services/event-stream.ts';
import { checkSender } from './security/trusted-sender.ts';

/** What arrived is not even a question. */
export class NotARequestError extends SecateurError {
  readonly kind = 'internal';

  constructor() {
    super('what arrived is not a request', 'The page and its host are of different versions: reload it.');
  }
}

const requestSchema = requestMessageSchema.omit({ id: true });

/** @returns ends both lines */
export function connectWindow(
  ipc: Pick<IpcMain, 'handle' | 'removeHandler'>,
  application: Pick<Application, 'call' | 'listen'>,
  trusted: { readonly contents: WebContents; readonly page: URL },
): () => void {
  ipc.handle(CALL_LINE, async (event, channel: unknown, payload: unknown): Promise<Answer> => {
    try {
      checkSender(event, trusted);
      const request = requestSchema.safeParse({ channel, payload });
      if (!request.success) throw new NotARequestError();
      return await application.call(request.data.channel, request.data.payload);
    } catch (error) {
      return { ok: false, problem: toProblem(error) };
    }
  });
  const stopListening = application.listen(eventSender(trusted.contents));
  return () => {
    stopListening();
    ipc.removeHandler(CALL_LINE);
  };
}

/** Says events to the page; while its process is gone there is nobody to say them to. */
export function eventSender(contents: WebContents): EventListener {
  return (events) => {
    if (!contents.isDestroyed() && !contents.isCrashed()) contents.send(EVENT_LINE, events);
  };
}
