/** パスワード再設定: answered by its flow, used once, ended by the clock of the database (security.md S03, S07, S13–S17, S57). */
import { describe, expect, it } from 'vitest';
import { inTransaction } from '../../db/connect.ts';
import { rows } from '../../db/raw.ts';
import { tryCode } from '../../db/stores/code-tries.ts';
import { linesOf } from '../../db/stores/outbox.ts';
import { readPasswordPage } from '../../db/stores/password-links.ts';
import {
  askReset,
  completeReset,
  moveResetOn,
  openResetFor,
  readPasswordResetStanding,
} from '../../db/stores/password-reset.ts';
import { openSetup } from '../../db/stores/password-setup.ts';
import { openProcedure } from '../../db/stores/procedures.ts';
import { readMemberSession } from '../../db/stores/sessions.ts';
import { signInMember } from '../../db/stores/sign-in.ts';
import {
  buildAccount,
  buildChallenge,
  buildMember,
  buildMemberSession,
  buildVisit,
  type BuiltMember,
} from '../support/build.ts';
import { mailedToken, shiftLinks, tokensInMails } from '../support/links.ts';
import { repeats } from '../support/runs.ts';
import { mailAddress } from '../support/mail-address.ts';
import { useStores } from '../support/stores.ts';

useStores();

let lastAddress = 0;
/** From an address of its own, so that one test's failures don't slow another's down (S56). */
const visit = () => buildVisit({ ip: `203.0.113.${(lastAddress += 1)}` });

/** Asks as the page does. @returns the procedure's id */
async function ask({ loginId, address }: Pick<BuiltMember, 'loginId' | 'address'>): Promise<string> {
  const parsed = mailAddress(address);
  await askReset({ loginId, address: parsed }, visit());
  const row = await rows<{ id: string }>(
    `select id from procedures where login_id = $1 and address_canonical = $2 order by created_at desc limit 1`,
    [loginId.toLowerCase(), parsed.canonical],
  );
  return row[0]?.id ?? '';
}

/** Asks, and lets the flow answer. */
async function askAndAnswer(member: Pick<BuiltMember, 'loginId' | 'address'>) {
  const id = await ask(member);
  return { id, state: (await moveResetOn(id)).state };
}

/** A member to whom a valid link was mailed. */
async function withLink(
  wish: Parameters<typeof buildMember>[0] = {},
): Promise<{ member: BuiltMember; token: string; id: string }> {
  const member = await buildMember(wish);
  const { id } = await askAndAnswer(member);
  return { member, id, token: await newestToken(member) };
}

const tokensOf = ({ id }: BuiltMember) => tokensInMails(id, 'password-reset');
const newestToken = ({ id }: BuiltMember) => mailedToken(id, 'password-reset');
const signInWith = (member: BuiltMember, password: string) => signInMember({ ...member, password }, undefined, visit());
const writtenFor = async (id: string) => ({
  rows: (await rows(`select from procedures where id = $1`, [id])).length,
  lines: (await linesOf(id)).map(({ event }) => event),
  audit: (await rows(`select from audit where subject_id = $1`, [id])).length,
});

describe('asking', () => {
  it('writes one row, one outbox line and one audit row, whoever it is, and no letter', async () => {
    const member = await buildMember();
    const askers = [member, { ...member, address: 'nobody@example.jp' }, { ...member, loginId: 'nobody01' }];

    for (const asker of askers)
      expect(await writtenFor(await ask(asker))).toEqual({ rows: 1, lines: ['start'], audit: 1 });

    expect(await tokensOf(member)).toEqual([]);
  });

  it('mails a link only where the pair exists and is alive', async () => {
    const member = await buildMember();
    const deleted = await buildMember({ deletedAt: new Date() });
    const other = await buildMember();

    const known = await askAndAnswer({ ...member, loginId: member.loginId.toUpperCase() });
    const unknown = [
      await askAndAnswer(deleted),
      await askAndAnswer({ loginId: other.loginId, address: member.address }),
      await askAndAnswer({ loginId: 'nobody01', address: member.address }),
    ];

    expect(known.state).toBe('open');
    expect(unknown.map(({ state }) => state)).toEqual(['dismissed', 'dismissed', 'dismissed']);
    expect(await tokensOf(member)).toHaveLength(1);
    expect([...(await tokensOf(deleted)), ...(await tokensOf(other))]).toEqual([]);
  });

  it('an invited member gets the link of the set-up instead', async () => {
    const account = await buildAccount();
    const invited = await buildMember({ account, password: null });
    await inTransaction((tx) => openSetup(tx, invited));

    const { state } = await askAndAnswer(invited);

    const tokens = await tokensInMails(invited.id, 'password-setup');
    expect(state).toBe('setup-mailed');
    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(1);
    expect(await tokensOf(invited)).toEqual([]);
  });

  it('asking again while a link is valid mails the same one: nobody voids it by asking', async () => {
    const { member, token } = await withLink();

    const again = await askAndAnswer(member);

    expect(again.state).toBe('repeated');
    expect(await tokensOf(member)).toEqual([token, token]);
    expect((await readPasswordPage('password-reset', token)).ok).toBe(true);
  });

  it('asking again after the end of a link opens a new one, and the old one stays dead', async () => {
    const { member, token, id } = await withLink();
    await shiftLinks(member.id, -3_601);

    const again = await askAndAnswer(member);

    expect(again.state).toBe('open');
    expect((await readPasswordResetStanding(id)).state).toBe('expired');
    expect(await readPasswordPage('password-reset', token)).toEqual({ ok: false, reason: 'expired' });
    expect((await readPasswordPage('password-reset', await newestToken(member))).ok).toBe(true);
  });

  it('three mails an hour and twenty a day go to one member at most, however many ask at once', async () => {
    const member = await buildMember();
    const asked: string[] = [];
    for (let times = 0; times < 8; times += 1) asked.push(await ask(member));

    await Promise.all(asked.map((id) => moveResetOn(id)));

    expect(await tokensOf(member)).toHaveLength(3);
    await rows(`update letters set created_at = created_at - interval '61 minutes' where recipient = $1`, [
      member.address,
    ]);
    for (let mails = 4; mails <= 23; mails += 1) {
      await askAndAnswer(member);
      await rows(`update letters set created_at = created_at - interval '61 minutes' where recipient = $1`, [
        member.address,
      ]);
    }
    expect(await tokensOf(member)).toHaveLength(20);
  });

  it('answering twice, or ten times at once, mails once', async () => {
    const member = await buildMember();
    const id = await ask(member);

    const standings = await Promise.all(Array.from({ length: 10 }, () => moveResetOn(id)));

    expect(new Set(standings.map(({ state }) => state))).toEqual(new Set(['open']));
    expect(await tokensOf(member)).toHaveLength(1);
  });

  it('a reset opened for a known member voids the earlier one', async () => {
    const { member, token, id } = await withLink();

    await inTransaction((tx) => openResetFor(tx, member));

    expect((await readPasswordResetStanding(id)).state).toBe('cancelled');
    expect((await linesOf(id)).map(({ event }) => event)).toEqual(['start', 'calledOff']);
    expect(await readPasswordPage('password-reset', token)).toEqual({ ok: false, reason: 'cancelled' });
    expect((await readPasswordPage('password-reset', await newestToken(member))).ok).toBe(true);
  });
});

describe('the link', () => {
  it('fifty posts at once set exactly one password, and never again', async () => {
    for (let round = 0; round < repeats(1, 100); round += 1) {
      const { member, token, id } = await withLink();
      const passwords = Array.from({ length: 50 }, (_, i) => `Atarashi-${String(i).padStart(2, '0')}`);

      const outcomes = await Promise.all(passwords.map((password) => completeReset(token, password, visit())));
      const later = await completeReset(token, 'Atarashi-99', visit());

      const winner = outcomes.findIndex(({ ok }) => ok);
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
      expect(new Set(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.reason)))).toEqual(new Set(['ok', 'used']));
      expect(later).toEqual({ ok: false, reason: 'used' });
      expect((await signInWith(member, passwords[winner] ?? '')).ok).toBe(true);
      expect((await signInWith(member, member.password)).ok).toBe(false);
      expect((await linesOf(id)).map(({ event }) => event)).toEqual(['start', 'passwordSet']);
    }
  });

  it('works one second before its hour is over and not one second after, by the clock of the database', async () => {
    const [inTime, late] = [await withLink(), await withLink()];
    await shiftLinks(inTime.member.id, -3_599);
    await shiftLinks(late.member.id, -3_601);

    expect((await completeReset(inTime.token, 'Atarashi-27', visit())).ok).toBe(true);
    expect(await completeReset(late.token, 'Atarashi-27', visit())).toEqual({ ok: false, reason: 'expired' });
    expect((await signInWith(late.member, late.member.password)).ok).toBe(true);
  });

  it('its flow ends it once its hour is over, not before', async () => {
    const { member, id } = await withLink();

    const early = await moveResetOn(id);
    await shiftLinks(member.id, -3_601);
    const inTime = await moveResetOn(id);

    expect(early.state).toBe('open');
    expect(early.millisecondsLeft).toBeGreaterThan(3_590_000);
    expect(inTime).toMatchObject({ state: 'expired', millisecondsLeft: 0 });
    expect(await moveResetOn(id)).toEqual(inTime);
  });

  it('looking at it a hundred times changes nothing', async () => {
    const { token } = await withLink();

    const looks = await Promise.all(Array.from({ length: 100 }, () => readPasswordPage('password-reset', token)));

    expect(looks.every(({ ok }) => ok)).toBe(true);
    expect((await completeReset(token, 'Atarashi-27', visit())).ok).toBe(true);
  });

  it('is dead for a member who was deleted meanwhile', async () => {
    const { member, token } = await withLink();
    await rows(`update members set deleted_at = now() where id = $1`, [member.id]);

    expect(await readPasswordPage('password-reset', token)).toEqual({ ok: false, reason: 'cancelled' });
    expect(await completeReset(token, 'Atarashi-27', visit())).toEqual({ ok: false, reason: 'cancelled' });
  });
});

describe('a completed reset', () => {
  it('ends all sessions and pending procedures, satisfies the flag and tells the member once', async () => {
    const { member, token } = await withLink({ mustChangePassword: true });
    const open = [await buildMemberSession(member), await buildMemberSession(member)];
    const pending = await inTransaction((tx) =>
      openProcedure(tx, {
        kind: 'email-change',
        state: 'requested',
        memberId: member.id,
        dueSeconds: 60,
        lifetimeSeconds: 60,
      }),
    );

    await completeReset(token, 'Atarashi-27', visit());

    const [row] = await rows(`select must_change_password as forced from members where id = $1`, [member.id]);
    const [change] = await rows(`select state from procedures where id = $1`, [pending]);
    const told = await rows(`select recipient from letters where kind = 'password-changed' and subject_id = $1`, [
      member.id,
    ]);
    const audited = await rows(`select event from audit where event = 'password-reset' and actor_id = $1`, [member.id]);
    expect(await Promise.all(open.map(({ secret }) => readMemberSession(secret)))).toEqual([undefined, undefined]);
    expect({ row, change, told }).toEqual({
      row: { forced: false },
      change: { state: 'cancelled' },
      told: [{ recipient: member.address }],
    });
    expect(audited).toHaveLength(1);
  });

  it('signs nobody in: the code is still asked for', async () => {
    const { member, token } = await withLink({ mfa: true });

    await completeReset(token, 'Atarashi-27', visit());

    expect(await signInWith(member, 'Atarashi-27')).toMatchObject({ ok: true, value: { stage: 'code' } });
  });

  it('ends the waits after wrong passwords', async () => {
    const { member, token } = await withLink();
    for (let wrong = 0; wrong < 5; wrong += 1) await signInWith(member, 'Wrong-2026');
    const waiting = await signInWith(member, member.password);

    await completeReset(token, 'Atarashi-27', visit());

    expect(waiting.ok).toBe(false);
    expect((await signInWith(member, 'Atarashi-27')).ok).toBe(true);
  });

  it('ends the day without codes after twenty wrong ones, and counts anew from there', async () => {
    const member = await buildMember({ mfa: true });
    await wrongCodes(member, 4);
    const locked = await signInWith(member, member.password);
    await askAndAnswer(member);

    await completeReset(await newestToken(member), 'Atarashi-27', visit());

    expect(locked).toMatchObject({ ok: false, reason: 'code-locked' });
    expect(await signInWith(member, 'Atarashi-27')).toMatchObject({ ok: true, value: { stage: 'code' } });
    expect(await wrongCodes(member, 4)).toBe(20);
    expect(await signInWith(member, 'Atarashi-27')).toMatchObject({ ok: false, reason: 'code-locked' });
  });
});

/** Types wrong codes until each of `challenges` new ones is used up. @returns how many were compared */
async function wrongCodes(member: BuiltMember, challenges: number): Promise<number> {
  let compared = 0;
  for (let n = 0; n < challenges; n += 1) {
    const { challengeId, secret, code } = await buildChallenge(member);
    for (let tries = 0; tries < 5; tries += 1) {
      const outcome = await tryCode(challengeId, secret, code === '000000' ? '000001' : '000000', visit());
      if (!outcome.ok && outcome.reason !== 'code-locked') compared += 1;
    }
  }
  return compared;
}
