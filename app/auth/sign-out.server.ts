/** ログアウト: the session ends on the server, and the browser forgets what it kept (S24, S27). */
import { redirect, type TypedResponse } from '@remix-run/node';
import { signOut as endSession, type PersonKind } from '../../db/stores/sessions.ts';
import { memberSessions, staffSessions } from './browser-sessions.server.ts';
import type { Asked } from './guards.server.ts';

const WAY = {
  member: { sessions: memberSessions, next: '/' },
  staff: { sessions: staffSessions, next: '/staff/login' },
} as const;

/** Answers the redirect to the first page; also for somebody who is signed out already. */
export async function signOut({ context }: Asked, kind: PersonKind): Promise<Response> {
  const { next } = WAY[kind];
  const session = kind === 'member' ? context.member : context.staff;
  if (session !== undefined) await endSession(session, context.visit);
  return forgetBrowser(kind, next);
}

/** The redirect after a session has ended on the server: cookie and pages of this browser are forgotten. */
export async function forgetBrowser(kind: PersonKind, next: string): Promise<TypedResponse<never>> {
  return redirect(next, {
    headers: { 'Set-Cookie': await WAY[kind].sessions().forget(), 'Clear-Site-Data': '"cache", "storage"' },
  });
}
