/** The second step of both sign-ins: the one-time code. */
import { data, redirect } from '@remix-run/node';
import { readChallenge, resendCode, type ChallengeView, type ResendRefusal } from '../../db/stores/challenges.ts';
import { tryCode, type CodeRefusal } from '../../db/stores/code-tries.ts';
import {
  readLapsedChallenge,
  type MemberSession,
  type PersonKind,
  type StaffSession,
} from '../../db/stores/sessions.ts';
import { jstMinute } from '../../domain/jst.ts';
import { maskMailAddress } from '../../domain/mail-address.ts';
import { tidyOneTimeCode } from '../../domain/text.ts';
import { postedFields } from '../forms/posted.server.ts';
import { memberSessions, staffSessions } from './browser-sessions.server.ts';
import { comeBack, type Asked } from './guards.server.ts';
import { safeRedirect, wantedPage } from './safe-redirect.server.ts';

const WAY = {
  member: { sessions: memberSessions, signIn: '/login' },
  staff: { sessions: staffSessions, signIn: '/staff/login' },
} as const;

/** What the page shows; the address is masked until the sign-in is complete (S05). */
export type CodePage = Pick<ChallengeView, 'state' | 'reference' | 'triesLeft' | 'resendsLeft' | 'resendInSeconds'> & {
  maskedAddress: string;
  expiresAt: string;
  secondsLeft: number;
  /** Of the newest mail: whether it is on its way, late, or can't be delivered. */
  letter: 'on-its-way' | 'late' | 'undeliverable';
  signInAgain: string;
};

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
  const { state, reference, triesLeft, resendsLeft, resendInSeconds, expiresAt, secondsLeft, letter } =
    await readChallenge(challengeId);
  return {
    state,
    reference,
    triesLeft,
    resendsLeft,
    resendInSeconds,
    maskedAddress: session === undefined ? '' : maskMailAddress(session.address),
    expiresAt: jstMinute(expiresAt),
    secondsLeft,
    letter:
      letter?.state === 'parked'
        ? 'undeliverable'
        : letter?.state === 'pending' && letter.tries > 0
          ? 'late'
          : 'on-its-way',
    signInAgain,
  };
}

export type CodeAnswer =
  { asked: 'code'; refusal: CodeRefusal | 'not-six-digits' } | { asked: 'resend'; refusal: ResendRefusal | undefined };

/** Judges a typed code or mails it again. Answers a refusal (422), a resend (200), or the way on with the full session's cookie. */
export async function answerCode(asked: Asked, kind: PersonKind) {
  const { context, request } = asked;
  const fields = await postedFields(request);
  const session = sessionOf(asked, kind);
  const secret = context.browserSecret;
  if (session?.stage !== 'code' || session.challengeId === null || secret === undefined) {
    throw redirect(`${WAY[kind].signIn}?${comeBack(request)}`);
  }
  if (fields.get('intent') === 'resend') return mailAgain(session, session.challengeId, asked);
  const typed = tidyOneTimeCode(fields.get('code') ?? '');
  // What can't be a code is no try.
  if (!/^\d{6}$/.test(typed)) return refuse('not-six-digits');
  const outcome = await tryCode(session.challengeId, secret, typed, context.visit);
  if (!outcome.ok) return refuse(outcome.reason);
  const cookie = await WAY[kind].sessions().remember(outcome.value.secret);
  return redirect(safeRedirect(wantedPage(request), kind, context), { headers: { 'Set-Cookie': cookie } });
}

async function mailAgain(session: MemberSession | StaffSession, challengeId: string, { context }: Asked) {
  const id = session.kind === 'member' ? session.memberId : session.staffId;
  const outcome = await resendCode(challengeId, { kind: session.kind, id }, context.visit);
  const answer: CodeAnswer = { asked: 'resend', refusal: outcome.ok ? undefined : outcome.reason };
  return data(answer, { status: outcome.ok ? 200 : 422 });
}

function refuse(refusal: CodeRefusal | 'not-six-digits') {
  const answer: CodeAnswer = { asked: 'code', refusal };
  return data(answer, { status: 422 });
}

const sessionOf = ({ context }: Asked, kind: PersonKind): MemberSession | StaffSession | undefined =>
  kind === 'member' ? context.member : context.staff;
