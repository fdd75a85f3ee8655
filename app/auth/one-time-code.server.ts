/** The second step of both sign-ins: the one-time code. */
import { redirect } from '@remix-run/node';
import { tryCode } from '../../db/stores/code-tries.ts';
import {
  readLapsedChallenge,
  type MemberSession,
  type PersonKind,
  type StaffSession,
} from '../../db/stores/sessions.ts';
import { postedFields } from '../forms/posted.server.ts';
import { memberSessions, staffSessions } from './browser-sessions.server.ts';
import { codePageOf, mailCodeAgain, refuseCode, typedCode, type CodePage } from './code-page.server.ts';
import { keepDevice } from './device.server.ts';
import { comeBack, type Asked } from './guards.server.ts';
import { safeRedirect, wantedPage } from './safe-redirect.server.ts';

const WAY = {
  member: { sessions: memberSessions, signIn: '/login' },
  staff: { sessions: staffSessions, signIn: '/staff/login' },
} as const;

/** The page of a code that this browser waits for, or of one whose time is over. @throws Response to the sign-in when there is none */
export async function readCodePage(asked: Asked, kind: PersonKind): Promise<CodePage> {
  const { context, request } = asked;
  const session = sessionOf(asked, kind);
  const returnTo = safeRedirect(wantedPage(request), kind, context);
  if (session?.stage === 'full') throw redirect(returnTo);
  const lapsed =
    context.browserSecret === undefined ? undefined : await readLapsedChallenge(context.browserSecret, kind);
  const challengeId = session?.challengeId ?? lapsed;
  const signInAgain = `${WAY[kind].signIn}?${new URLSearchParams({ returnTo }).toString()}`;
  if (challengeId === undefined) throw redirect(signInAgain);
  return codePageOf(challengeId, session?.address, signInAgain);
}

/** Judges a typed code or mails it again. Answers a refusal (422), a resend (200), or the way on with the full session's cookie. */
export async function answerCode(asked: Asked, kind: PersonKind) {
  const { context, request } = asked;
  const fields = await postedFields(request);
  const session = sessionOf(asked, kind);
  const secret = context.browserSecret;
  if (session?.stage !== 'code' || session.challengeId === null || secret === undefined) {
    throw redirect(`${WAY[kind].signIn}?${comeBack(request)}`);
  }
  if (fields.get('intent') === 'resend') return mailCodeAgain(session, session.challengeId, asked);
  const typed = typedCode(fields);
  if (typed === undefined) return refuseCode('not-six-digits');
  const outcome = await tryCode(session.challengeId, secret, typed, context.visit);
  if (!outcome.ok) return refuseCode(outcome.reason);
  const headers = new Headers({ 'Set-Cookie': await WAY[kind].sessions().remember(outcome.value.secret) });
  headers.append('Set-Cookie', await keepDevice(context.visit));
  return redirect(safeRedirect(wantedPage(request), kind, context), { headers });
}

const sessionOf = ({ context }: Asked, kind: PersonKind): MemberSession | StaffSession | undefined =>
  kind === 'member' ? context.member : context.staff;
