/** The first step of both sign-ins: the password. */
import { data, redirect } from '@remix-run/node';
import type { PersonKind } from '../../db/stores/sessions.ts';
import type { SignInRefusal } from '../../db/stores/sign-in.ts';
import { jstMinute } from '../../domain/jst.ts';
import { postedFields } from '../forms/posted.server.ts';
import { memberSignIn, missingFields, staffSignIn, type SignInField } from '../forms/sign-in.server.ts';
import { authenticatorFor, SignInRefused } from './authenticator.server.ts';
import { memberSessions, staffSessions } from './browser-sessions.server.ts';
import { keepDevice } from './device.server.ts';
import type { Asked } from './guards.server.ts';
import { safeRedirect, wantedPage } from './safe-redirect.server.ts';

const FORM = {
  member: { schema: memberSignIn, sessions: memberSessions, code: '/login/otp' },
  staff: { schema: staffSignIn, sessions: staffSessions, code: '/staff/login/otp' },
} as const;

/** A refused sign-in gives back what was typed, but never the password. */
export interface RefusedSignIn {
  missing: SignInField[];
  refusal: { reason: SignInRefusal; until: string } | undefined;
  typed: { loginId: string; address: string };
}

/** Nobody who is signed in sees the sign-in page. @throws Response to where they want to go */
export function requireSignedOut({ context, request }: Asked, kind: PersonKind): void {
  const session = kind === 'member' ? context.member : context.staff;
  if (session?.stage === 'full') throw redirect(safeRedirect(wantedPage(request), kind, context));
}

/** Judges a posted sign-in. Answers the refusal (422), or a redirect to the next step with the new session's cookie. */
export async function signIn({ context, request }: Asked, kind: PersonKind) {
  const { schema, sessions, code } = FORM[kind];
  const fields = await postedFields(request.clone());
  const typed = { loginId: fields.get('loginId') ?? '', address: fields.get('address') ?? '' };
  const missing = missingFields(schema, fields);
  if (missing.length > 0) return refuse({ missing, refusal: undefined, typed });
  try {
    const { secret, stage } = await authenticatorFor(context).authenticate(kind, request);
    const goOn = safeRedirect(wantedPage(request), kind, context);
    const next = stage === 'full' ? goOn : `${code}?${new URLSearchParams({ returnTo: goOn }).toString()}`;
    const headers = new Headers({ 'Set-Cookie': await sessions().remember(secret) });
    if (stage === 'full') headers.append('Set-Cookie', await keepDevice(context.visit));
    return redirect(next, { headers });
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    const until = error.until === undefined ? '' : jstMinute(error.until);
    return refuse({ missing: [], refusal: { reason: error.reason, until }, typed });
  }
}

const refuse = (refused: RefusedSignIn) => data(refused, { status: 422 });
