/** What every page that asks for a ワンタイムパスワード has in common: what it shows, what was typed, the code mailed again. */
import { data } from '@remix-run/node';
import { readChallenge, resendCode, type ChallengeView, type ResendRefusal } from '../../db/stores/challenges.ts';
import type { CodeRefusal } from '../../db/stores/code-tries.ts';
import type { MemberSession, StaffSession } from '../../db/stores/sessions.ts';
import { jstMinute } from '../../domain/jst.ts';
import { maskMailAddress } from '../../domain/mail-address.ts';
import { tidyOneTimeCode } from '../../domain/text.ts';
import type { Asked } from './guards.server.ts';

/** What the page shows; the address is masked until the sign-in is complete (S05). */
export type CodePage = Pick<ChallengeView, 'state' | 'reference' | 'triesLeft' | 'resendsLeft' | 'resendInSeconds'> & {
  maskedAddress: string;
  expiresAt: string;
  secondsLeft: number;
  /** Of the newest mail: whether it is on its way, late, or can't be delivered. */
  letter: 'on-its-way' | 'late' | 'undeliverable';
  /** Where the way on leads when it can't be typed any more. */
  again: string;
};

/** The page of a challenge. @param address where it was mailed to, undefined where that is not told any more */
export async function codePageOf(challengeId: string, address: string | undefined, again: string): Promise<CodePage> {
  const { state, reference, triesLeft, resendsLeft, resendInSeconds, expiresAt, secondsLeft, letter } =
    await readChallenge(challengeId);
  return {
    state,
    reference,
    triesLeft,
    resendsLeft,
    resendInSeconds,
    maskedAddress: address === undefined ? '' : maskMailAddress(address),
    expiresAt: jstMinute(expiresAt),
    secondsLeft,
    letter:
      letter?.state === 'parked'
        ? 'undeliverable'
        : letter?.state === 'pending' && letter.tries > 0
          ? 'late'
          : 'on-its-way',
    again,
  };
}

export type CodeAnswer =
  { asked: 'code'; refusal: CodeRefusal | 'not-six-digits' } | { asked: 'resend'; refusal: ResendRefusal | undefined };

/** What was typed as a code; undefined for what can't be one, which is no try. */
export function typedCode(fields: ReadonlyMap<string, string>): string | undefined {
  const typed = tidyOneTimeCode(fields.get('code') ?? '');
  return /^\d{6}$/.test(typed) ? typed : undefined;
}

/** A code that was not accepted (422). */
export function refuseCode(refusal: CodeRefusal | 'not-six-digits') {
  const answer: CodeAnswer = { asked: 'code', refusal };
  return data(answer, { status: 422 });
}

/** Mails the same code again where that is allowed (200), or says why not (422). */
export async function mailCodeAgain(session: MemberSession | StaffSession, challengeId: string, { context }: Asked) {
  const id = session.kind === 'member' ? session.memberId : session.staffId;
  const outcome = await resendCode(challengeId, { kind: session.kind, id }, context.visit);
  const answer: CodeAnswer = { asked: 'resend', refusal: outcome.ok ? undefined : outcome.reason };
  return data(answer, { status: outcome.ok ? 200 : 422 });
}
