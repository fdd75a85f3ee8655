/** What the server in front of Remix is made of, and what it learns of one request on the way. */
import type { AppLoadContext } from '@remix-run/node';
import type { RequestHandler as ExpressHandler } from 'express';
import type { PersonKind } from '../../db/stores/sessions.ts';
import type {} from './load-context.ts';

/** Answers one request that has passed the gate. */
export type AnswerRequest = (request: Request, context: AppLoadContext) => Promise<Response>;

export interface SiteParts {
  answer: AnswerRequest;
  isPage: (pathname: string) => boolean;
  /** Of the pages that the server draws without Remix. */
  stylesheets: readonly string[];
  /** The folder of the browser's files. */
  clientDirectory: string;
  /** The development server's own middleware; undefined in production. */
  development: ExpressHandler | undefined;
  publicOrigin: string;
  trustedProxies: readonly string[];
  /** Whether the process drains: it takes what comes, but asks for no more. */
  isStopping: () => boolean;
}

declare module 'express-serve-static-core' {
  interface Locals {
    nonce: string;
    requestId: string;
    /** The client's address: of the socket, or told by a proxy we trust. */
    ip: string;
    /** Whose cookie counts on this path. */
    area: PersonKind;
    /** Set once the session is read. */
    browser: Browser;
    /** A posted body, complete. */
    body: Buffer;
    /** What was posted; empty for a GET. */
    fields: URLSearchParams;
  }
}

/** What the cookies tell of a browser. */
export interface Browser {
  context: Pick<AppLoadContext, 'member' | 'staff' | 'browserSecret' | 'formToken'>;
  /** What its form tokens are bound to: the session's id, or the digest of the visitor cookie. */
  subject: string;
  /** The subject before it signed in. */
  visitorSubject: string | undefined;
  /** See Visit. */
  device: string;
  /** Cookies to be set with the answer. */
  setCookie: string | undefined;
}
