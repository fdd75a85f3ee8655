/** Who asks for what isn't theirs is written down before the answer goes out (S70). A page of nobody and one of others look the same (S48). */
import type { ErrorRequestHandler, Request, Response } from 'express';
import { recordDeniedAccess } from '../../db/stores/denied-access.ts';
import type { Actor } from '../../db/stores/audit.ts';
import { logger } from '../../runtime/logger.ts';
import { pagePath } from './paths.ts';
import { Refusal } from './refusal.ts';

const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** Whether an answer denies access: 403 to anybody, and 404 on a page that exists to somebody who is signed in. */
export function isDenial(
  request: Request,
  response: Response,
  status: number,
  isPage: (path: string) => boolean,
): boolean {
  const { member, staff } = response.locals.browser.context;
  if (status !== 404) return status === 403;
  return (member ?? staff)?.stage === 'full' && isPage(pagePath(request.path));
}

/** Writes the line; the answer goes out whether or not the database takes it. */
export async function recordDenial(request: Request, response: Response, status: number): Promise<void> {
  const { ip, requestId } = response.locals;
  const denied = {
    status,
    method: METHODS.has(request.method) ? request.method : 'other',
    subjectId: request.path.match(UUID)?.at(-1),
  };
  const visit = { ip, requestId, userAgent: request.get('user-agent') ?? '' };
  await recordDeniedAccess(actorOf(response), denied, visit).catch((err: unknown) =>
    logger('web').error({ err, requestId }, 'denied access was not written down'),
  );
}

/** Before a gate's refusal is drawn. */
export const recordRefusals: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (!(error instanceof Refusal) || error.status !== 403) {
    next(error);
    return;
  }
  void recordDenial(request, response, error.status).then(() => next(error));
};

/** Gates in front of the session refuse without knowing who asks. */
function actorOf({ locals }: { locals: Partial<Response['locals']> }): Actor {
  const { member, staff } = locals.browser?.context ?? {};
  if (member !== undefined) return { kind: 'member', id: member.memberId, accountId: member.accountId };
  return staff === undefined ? { kind: 'anonymous' } : { kind: 'staff', id: staff.staffId };
}
