/** Express 4 knows no promises: a rejected step must be told to it, or the request hangs. */
import type { Request, RequestHandler, Response } from 'express';

/** A step that may wait; resolving goes on to the next one. @throws what the last step draws as a page */
export const step =
  (work: (request: Request, response: Response) => Promise<void>): RequestHandler =>
  (request, response, next) => {
    work(request, response).then(() => {
      if (!response.headersSent) next();
    }, next);
  };
