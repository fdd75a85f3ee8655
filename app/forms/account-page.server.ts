/** What 「お客様情報設定」 shows: the data of its cards, as they are drawn. */
import { readOpenEmailChange } from '../../db/stores/email-change.ts';
import { readChallenge } from '../../db/stores/challenges.ts';
import { readKeptInput } from '../../db/stores/kept-inputs.ts';
import { readMfaChallenge } from '../../db/stores/mfa.ts';
import { listOwnProcedures, type OwnProcedure } from '../../db/stores/own-procedures.ts';
import { listOwnSessions } from '../../db/stores/own-sessions.ts';
import type { MemberSession } from '../../db/stores/sessions.ts';
import { jstMinute } from '../../domain/jst.ts';
import { browserName } from '../../domain/wording/browser-name.ts';
import { emailChangeWaits, otpWaits, passwordResetWaits, passwordSetupWaits } from '../../domain/wording/waits.ts';
import type { ShownProcedure } from '../components/own-procedures.tsx';
import type { ShownSession } from '../components/own-sessions.tsx';
import { procedureNames, timeLeftText } from '../texts/account.ts';
import { readTypedRegistration, type TypedRegistration } from './account-act.server.ts';
import { plainFields } from './posted.server.ts';

/** What was typed into 登録情報変更 before the session ended, or undefined. */
export async function keptRegistration(memberId: string, path: string): Promise<TypedRegistration | undefined> {
  const kept = await readKeptInput(memberId, path);
  return kept === undefined ? undefined : readTypedRegistration(plainFields(kept));
}

/** ログイン中のブラウザ. The browsers are named, their headers never repeated. */
export async function shownSessions(member: MemberSession): Promise<ShownSession[]> {
  const sessions = await listOwnSessions(member);
  return sessions.map(({ id, ip, userAgent, signedInAt, lastSeenAt, own }) => ({
    id,
    ip,
    own,
    browser: browserName(userAgent),
    signedInAt: jstMinute(signedInAt),
    lastSeenAt: jstMinute(lastSeenAt),
  }));
}

/** 進行中のお手続き: what the operator reads in the flow stands here too. */
export async function shownProcedures(member: MemberSession): Promise<ShownProcedure[]> {
  const [procedures, code] = await Promise.all([listOwnProcedures(member.memberId), openCode(member)]);
  const shown = await Promise.all(procedures.map((procedure) => shownProcedure(member.memberId, procedure)));
  return code === undefined ? shown : [...shown, code];
}

async function shownProcedure(memberId: string, procedure: OwnProcedure): Promise<ShownProcedure> {
  const { id, kind, begunAt, expiresAt, secondsLeft } = procedure;
  const change = kind === 'email-change' ? await readOpenEmailChange(memberId) : undefined;
  return {
    id,
    kind,
    name: procedureNames[kind],
    waits: waitsOf(procedure),
    begunAt: jstMinute(begunAt),
    endsAt: jstMinute(expiresAt),
    timeLeft: timeLeftText(secondsLeft),
    newAddress: change?.newAddress ?? undefined,
    reference: change?.reference,
  };
}

function waitsOf(procedure: OwnProcedure): string {
  switch (procedure.kind) {
    case 'password-reset':
      return passwordResetWaits[procedure.state];
    case 'password-setup':
      return passwordSetupWaits[procedure.state];
    case 'email-change':
      return emailChangeWaits[procedure.state];
  }
}

/** The code that this very browser waits for. */
async function openCode(member: MemberSession): Promise<ShownProcedure | undefined> {
  const challengeId = await readMfaChallenge(member);
  const code = challengeId === undefined ? undefined : await readChallenge(challengeId);
  if (challengeId === undefined || code?.state !== 'open') return undefined;
  return {
    id: challengeId,
    kind: 'mfa-on',
    name: procedureNames['mfa-on'],
    waits: otpWaits.open,
    begunAt: undefined,
    endsAt: jstMinute(code.expiresAt),
    timeLeft: timeLeftText(code.secondsLeft),
    newAddress: undefined,
    reference: code.reference,
  };
}
