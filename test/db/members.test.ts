/** 「利用者管理」: ten members, each address once, however many ask at once (security.md S04, S57, S81, S83). */
import { expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import { addMember, listMembers, resendSetup } from '../../db/stores/members.ts';
import { deleteMember } from '../../db/stores/member-deletion.ts';
import { completeSetup, moveSetupOn } from '../../db/stores/password-setup.ts';
import { readLink } from '../../db/stores/links.ts';
import { buildMember, buildMemberSession, buildVisit } from '../support/build.ts';
import { buildKeeper, invite } from '../support/invited.ts';
import { mailedToken, shiftLinks, tokensInMails } from '../support/links.ts';
import { repeats } from '../support/runs.ts';
import { useStores } from '../support/stores.ts';
import { mailAddress } from '../support/mail-address.ts';

useStores();

const visit = buildVisit();
const AT_ONCE = 50;

const livingOf = (accountId: string) =>
  rows<{ slot: number; address: string }>(
    `select slot, address_canonical as address from members where account_id = $1 and deleted_at is null order by slot`,
    [accountId],
  );

const lettersTo = (recipient: string) =>
  rows<{ kind: string; occurrence: string; facts: object }>(
    `select kind, occurrence, facts from letters where recipient = $1 order by created_at`,
    [recipient],
  );

const setupOf = async (memberId: string) =>
  (
    await rows<{ id: string; state: string }>(
      `select id, state from procedures where member_id = $1 and kind = 'password-setup' order by created_at desc limit 1`,
      [memberId],
    )
  )[0];

it('an added member waits for the password, has a mail with a link of 72 hours and a flow', async () => {
  const { session, keeper } = await buildKeeper();

  const added = await addMember(session, mailAddress(' Ｎew@Example.JP '), visit);

  const id = added.ok ? added.value.id : '';
  const [, listed] = await listMembers(keeper.accountId);
  const setup = await setupOf(id);
  const started = await rows(`select event from outbox where flow = 'password-setup' and row_id = $1`, [setup?.id]);
  const audited = await rows(`select event from audit where subject_id = $1`, [id]);
  expect(listed).toMatchObject({ id, userName: '', address: 'New@Example.JP', state: 'waiting', setup: 'open' });
  expect(listed?.setupSecondsLeft).toBeGreaterThan(72 * 3600 - 60);
  expect(await lettersTo('New@Example.JP')).toMatchObject([{ kind: 'password-setup', occurrence: 'first' }]);
  expect(started).toEqual([{ event: 'start' }]);
  expect(audited).toEqual([{ event: 'member-added' }]);
});

it('S81: with nine members, of fifty who add at once exactly one gets in, never an eleventh', async () => {
  for (let round = 0; round < repeats(2, 200); round += 1) {
    const { session, keeper, account } = await buildKeeper();
    for (let member = 2; member <= 9; member += 1) await buildMember({ account });

    const outcomes = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, n) => addMember(session, mailAddress(`new-${n}@example.jp`), visit)),
    );

    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.reason === 'full')).toHaveLength(AT_ONCE - 1);
    expect((await livingOf(keeper.accountId)).map(({ slot }) => slot)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  }
});

it('S83: fifty spellings of one address at once make exactly one member and one mail, the rest are told', async () => {
  const spellings = [
    'tanaka@example.jp',
    'TANAKA@EXAMPLE.JP',
    ' Tanaka@example.jp',
    'ｔａｎａｋａ＠ｅｘａｍｐｌｅ．ｊｐ',
  ];
  for (let round = 0; round < repeats(2, 100); round += 1) {
    const { session, keeper } = await buildKeeper();

    const outcomes = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, n) =>
        addMember(session, mailAddress(spellings[n % spellings.length] ?? ''), visit),
      ),
    );

    const mails = await rows(
      `select 1 from letters where kind = 'password-setup' and subject_id in
         (select id from procedures where member_id in (select id from members where account_id = $1))`,
      [keeper.accountId],
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.reason === 'address-taken')).toHaveLength(AT_ONCE - 1);
    expect(await livingOf(keeper.accountId)).toHaveLength(2);
    expect(mails).toHaveLength(1);
  }
});

it('S81: a storm of adding and deleting never leaves more than ten', async () => {
  const { session, keeper, account } = await buildKeeper();
  const others = [];
  for (let member = 2; member <= 10; member += 1) others.push(await buildMember({ account, password: null }));

  const outcomes = await Promise.all([
    ...others.slice(0, 3).map(({ id }) => deleteMember(session, id, keeper.password, visit)),
    ...Array.from({ length: 20 }, (_, n) => addMember(session, mailAddress(`storm-${n}@example.jp`), visit)),
  ]);

  const living = await livingOf(keeper.accountId);
  expect(outcomes.slice(0, 3).every(({ ok }) => ok)).toBe(true);
  expect(living.length).toBe(7 + outcomes.slice(3).filter(({ ok }) => ok).length);
  expect(living.length).toBeLessThanOrEqual(10);
  expect(new Set(living.map(({ slot }) => slot)).size).toBe(living.length);
});

it('S81: the table itself takes no eleventh slot and no slot twice, whoever writes', async () => {
  const { keeper } = await buildKeeper();
  const insert = (slot: number) =>
    rows(`insert into members (account_id, slot, address, address_canonical) values ($1, $2, $3, $3)`, [
      keeper.accountId,
      slot,
      `direct-${slot}@example.jp`,
    ]);

  await expect(insert(11)).rejects.toThrow('members_slot_range');
  await expect(insert(1)).rejects.toThrow();
});

it('S04: an address of another account is like any other', async () => {
  const other = await buildMember();
  const { session } = await buildKeeper();

  const added = await addMember(session, mailAddress(other.address), visit);

  expect(added.ok).toBe(true);
});

it('one’s own address and that of somebody who waits are duplicates', async () => {
  const { session, keeper } = await buildKeeper();
  const invited = await invite(session);

  const again = await addMember(session, mailAddress(invited.address.toUpperCase()), visit);
  const own = await addMember(session, mailAddress(keeper.address), visit);

  expect([again, own]).toEqual([
    { ok: false, reason: 'address-taken' },
    { ok: false, reason: 'address-taken' },
  ]);
});

it('S57: twenty set-up mails a day leave an account, whichever way they are asked for', async () => {
  const { session } = await buildKeeper();
  const invited = await invite(session);

  const outcomes = await Promise.all(Array.from({ length: 25 }, () => resendSetup(session, invited.id, visit)));
  const another = await addMember(session, mailAddress('one-more@example.jp'), visit);

  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(19);
  expect(outcomes.filter((outcome) => !outcome.ok && outcome.reason === 'too-many-mails')).toHaveLength(6);
  expect(await lettersTo(invited.address)).toHaveLength(20);
  expect(another).toEqual({ ok: false, reason: 'too-many-mails' });
});

it('a resend mails the same link while it is valid, and a new one after its end, which voids the old', async () => {
  const { session, keeper } = await buildKeeper();
  const invited = await invite(session);
  const first = await mailedToken(invited.id, 'password-setup');

  await resendSetup(session, invited.id, visit);
  const whileValid = await tokensInMails(invited.id, 'password-setup');
  await shiftLinks(invited.id, -73 * 3600);
  const expired = (await listMembers(keeper.accountId)).at(-1);
  const resent = await resendSetup(session, invited.id, visit);

  const renewed = await mailedToken(invited.id, 'password-setup');
  expect(whileValid).toEqual([first, first]);
  expect(expired?.state).toBe('expired');
  expect(resent.ok).toBe(true);
  expect(renewed).not.toBe(first);
  expect(await readLink('password-setup', first)).toEqual({ ok: false, reason: 'expired' });
  expect((await readLink('password-setup', renewed)).ok).toBe(true);
  expect((await listMembers(keeper.accountId)).at(-1)).toMatchObject({ state: 'waiting', setup: 'open' });
});

it('the flow mails one reminder when it is due, and notes the end', async () => {
  const { session, keeper } = await buildKeeper();
  const invited = await invite(session);
  const setup = await setupOf(invited.id);

  const tooEarly = await moveSetupOn(setup?.id ?? '');
  await rows(`update procedures set due_at = now() where id = $1`, [setup?.id]);
  const reminded = await Promise.all([moveSetupOn(setup?.id ?? ''), moveSetupOn(setup?.id ?? '')]);
  const mails = await lettersTo(invited.address);
  await rows(`update procedures set due_at = now(), expires_at = now() where id = $1`, [setup?.id]);
  const over = await moveSetupOn(setup?.id ?? '');

  expect(tooEarly.state).toBe('open');
  expect(reminded.map(({ state }) => state)).toEqual(['reminded', 'reminded']);
  expect(mails.map(({ occurrence }) => occurrence)).toEqual(['first', 'reminder']);
  expect(over).toMatchObject({ state: 'expired', millisecondsLeft: 0 });
  expect((await listMembers(keeper.accountId)).at(-1)?.state).toBe('expired');
});

it('nobody mails for a member of another account, or one who has set the password', async () => {
  const { session } = await buildKeeper();
  const invited = await invite(session);
  const stranger = await buildKeeper();
  const token = await mailedToken(invited.id, 'password-setup');

  const byStranger = await resendSetup(stranger.session, invited.id, visit);
  await completeSetup(token, { userName: 'テスト担当者2', password: 'Atarashi-27' }, visit);
  const afterwards = await resendSetup(session, invited.id, visit);

  expect(byStranger).toEqual({ ok: false, reason: 'unknown-member' });
  expect(afterwards).toEqual({ ok: false, reason: 'not-waiting' });
});

it('S53: who was deleted in the same moment adds nobody', async () => {
  const { keeper, account } = await buildKeeper();
  const other = await buildMember({ account });
  const { session } = await buildMemberSession(other);
  const { session: keepers } = await buildMemberSession(keeper);
  await deleteMember(keepers, other.id, keeper.password, visit);

  const added = await addMember(session, mailAddress('too-late@example.jp'), visit);

  expect(added).toEqual({ ok: false, reason: 'adder-deleted' });
});

it('a mail that can not be delivered is told in the list', async () => {
  const { session, keeper } = await buildKeeper();
  const invited = await invite(session);
  await rows(`update letters set state = 'parked' where recipient = $1`, [invited.address]);

  const [, listed] = await listMembers(keeper.accountId);

  expect(listed?.mailFailed).toBe(true);
});
