/** What people do by pages that must stand in the audit trail. */
import { randomUUID } from 'node:crypto';
import type { LinkPurpose } from '../../../domain/procedures.ts';
import { buildApplication, buildMember, buildStaff, type BuiltMember } from '../../support/build.ts';
import type { World } from '../attack.ts';
import { Browser } from './browser.ts';
import { follow, freshLink, linkFor, pressOn, tryLink } from './mailed-links.ts';
import { buildKeeper, deleteByPage } from './members.ts';
import { preparedOrder } from './order.ts';
import { askForReset, resetByMail } from './reset.ts';
import {
  changeMfa,
  changePassword,
  doors,
  holding,
  newestCode,
  turnMfaOn,
  typeCode,
  typePassword,
  withPassword,
} from './sign-in.ts';
import { actOnEveryone, actOnMembers, actOnMfa, administrator } from './staff-acts.ts';

const NEXT = 'Atarashi-27';

type Step = [event: string, act: () => Promise<unknown>];

/** Every event of S70 that pages bring about, and the word it must leave in the trail. */
export async function auditedSteps(world: World): Promise<Step[]> {
  const { target, fixture } = world;
  const [member, throttled, withCode, lost] = [
    await buildMember(),
    await buildMember(),
    await buildMember({ mfa: true }),
    await buildMember(),
  ];
  const wrong = (who: typeof member) => typePassword(new Browser(target), { ...who, password: 'Wrong-2026' });
  for (let each = 0; each < 5; each += 1) await wrong(throttled);
  const browser = await holding(target, member);
  const order = await preparedOrder(world, randomUUID());
  const staff = await holding(target, await buildStaff());
  const application = await buildApplication({ state: 'accepted' });
  const account = async (button: string, typed: Record<string, string>) => {
    await browser.submit(await browser.formWithButton('/account', button), { ...typed, intent: button });
  };
  const keeper = await buildKeeper(target);
  const colleague = await buildMember({ account: keeper.account });
  const switcher = await buildMember();
  const switching = await holding(target, switcher);
  let waiting = new Browser(target);
  return [
    ['sign-in-refused', () => wrong(member)],
    ['sign-in-throttled', () => wrong(throttled)],
    ['sign-in-completed', () => withPassword(target, member)],
    ['session-end-refused', () => account('end-sessions', { which: 'all', currentPassword: 'Wrong-2026' })],
    ['other-session-ended', () => account('end-sessions', { which: 'all', currentPassword: member.password })],
    ['code-asked', async () => (waiting = await withPassword(target, withCode))],
    [
      'code-refused',
      async () =>
        typeCode(
          waiting,
          'member',
          String((Number((await newestCode(world, withCode)).code) + 1) % 1e6).padStart(6, '0'),
        ),
    ],
    ['code-mailed-again', () => resend(world, waiting, withCode)],
    ['code-accepted', async () => typeCode(waiting, 'member', (await newestCode(world, withCode)).code)],
    ['password-reset-asked', () => askForReset(target, lost)],
    ['password-reset', () => resetByMail(target, lost, NEXT)],
    ['password-change-refused', () => changePassword(browser, 'Wrong-2026', NEXT)],
    ['user-name-changed', () => account('change-registration', { userName: 'テスト担当者2', mfa: 'off' })],
    ['email-change-asked', () => account('request-email-change', {})],
    ['email-change-mailed-again', () => account('mail-email-change-again', {})],
    ['email-change-cancelled', () => account('cancel-email-change', {})],
    ['email-change-refused', () => giveWrongPassword(world)],
    [
      'procedure-cancelled',
      async () => {
        await linkFor(member, 'password-reset');
        await account('cancel-reset', {});
      },
    ],
    [
      'member-added',
      async () =>
        browser.submit(await browser.formWith('/account/users', 'address'), {
          address: `traces-${randomUUID()}@example.jp`,
          intent: 'add',
        }),
    ],
    ['member-delete-refused', () => deleteByPage({ ...keeper, member: { password: 'Wrong-2026' } }, colleague.id)],
    ['member-deleted', () => deleteByPage(keeper, colleague.id)],
    ['mfa-turned-on', () => turnMfaOn(world, switching, switcher)],
    ['mfa-change-refused', () => changeMfa(switching, 'off', 'Wrong-2026')],
    ['mfa-turned-off', () => changeMfa(switching, 'off', switcher.password)],
    ...afterLinks.map(([event, purpose]): Step => [event, async () => tryLink(target, await freshLink(purpose))]),
    ['application-received', () => order.browser.submit(order.confirm)],
    [
      'command-given',
      async () =>
        staff.submit(await staff.formWith(`/staff/applications/${application.id}`, 'reason'), {
          verb: 'decline',
          reason: '在庫がないため',
        }),
    ],
    [
      'access-denied',
      () => browser.get(`/account/applications/${fixture.others.applications[0]?.applicationNumber ?? ''}`),
    ],
    [
      'access-denied',
      () =>
        new Browser(target).post('/login', [], {
          headers: { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
        }),
    ],
    ['password-changed', () => changePassword(browser, member.password, NEXT)],
    ['signed-out', async () => browser.submit(await formTo(browser, doors.member.logout))],
    ...(await stepsOfStaff(world)),
  ];
}

/** What a 管理者 does to members; the last one ends every session that the others would need. */
async function stepsOfStaff(world: World): Promise<Step[]> {
  const desk = await administrator(world);
  const [member, withCode, invited] = [
    await buildMember(),
    await buildMember({ mfa: true }),
    await buildMember({ password: null }),
  ];
  return [
    ['member-sessions-ended', () => actOnMembers(world, desk, [member], 'end-sessions')],
    ['password-change-required', () => actOnMembers(world, desk, [member], 'require-password-change')],
    ['sign-in-unlocked', () => actOnMembers(world, desk, [member], 'unlock')],
    ['member-rescued', () => actOnMembers(world, desk, [withCode], 'turn-mfa-off')],
    ['password-setup-mailed-again', () => actOnMembers(world, desk, [invited], 'mail-setup')],
    ['mfa-required', () => actOnMfa(world, desk, member, 'require-mfa')],
    ['mfa-released', () => actOnMfa(world, desk, member, 'release-mfa')],
    ['all-sessions-ended', () => actOnEveryone(desk, 'end-every-session')],
  ];
}

/** A minute after the first mail. */
async function resend({ database }: World, waiting: Browser, { id }: BuiltMember): Promise<void> {
  await database.rows(`update challenges set mailed_at = mailed_at - interval '61 seconds' where member_id = $1`, [id]);
  await waiting.submit(await waiting.formWith(doors.member.code, 'code'), { intent: 'resend' });
}

/** On the page behind the link to the old address. */
async function giveWrongPassword({ target }: World): Promise<void> {
  const link = await freshLink('email-change-request');
  await pressOn(await follow(target, link), link.purpose, { currentPassword: 'Wrong-2026' });
}

/** What the button behind a link leaves. */
const afterLinks: [event: string, purpose: LinkPurpose][] = [
  ['password-set-up', 'password-setup'],
  ['email-change-address-given', 'email-change-request'],
  ['email-changed', 'email-change-confirmation'],
  ['sign-in-reported', 'sign-in-notice'],
];

async function formTo(browser: Browser, action: string) {
  const form = (await browser.forms(doors.member.home)).find((each) => each.action === action);
  if (form === undefined) throw new Error(`no form posts to ${action}`);
  return form;
}
