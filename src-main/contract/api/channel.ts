// A channel of the contract between a page and its host: what is asked, and what is answered.
import { z } from 'zod';

/** Checked on arrival: the request by the host, the answer by the page. */
export interface ChannelDefinition<Request extends z.ZodType, Answer extends z.ZodType> {
  readonly request: Request;
  readonly answer: Answer;
}

export function channel<Request extends z.ZodType, Answer extends z.ZodType>(
  request: Request,
  answer: Answer,
): ChannelDefinition<Request, Answer> {
  return { request, answer };
}

/** Nothing is asked, or nothing is answered. */
export const nothing = z.null();
