/** S21: the change of a mail address, walked in the wrong order, with what one of the two mailboxes or a stolen session alone can do. */
import { confirmNewAddress } from '../../../db/stores/address-switch.ts';
import { cancelEmailChange, requestEmailChange } from '../../../db/stores/email-change.ts';
import type { LinkPurpose } from '../../../domain/procedures.ts';
import { buildAccount, buildMember, buildVisit, type BuiltMember } from '../../support/build.ts';
import { buildGivenChange, buildRequestedChange, freshAddress } from '../../support/email-change.ts';
import { mailedToken } from '../../support/links.ts';
import { times, type Row, type World } from '../attack.ts';
import { Browser } from '../tools/browser.ts';
import { anotherPassword, follow, formTokenOf, hasActed, newestLink, pressOn } from '../tools/mailed-links.ts';
import { askForChange, changePassword, holding, opensHome } from '../tools/sign-in.ts';

const REQUEST = 'email-change-request';
const CONFIRMATION = 'email-change-confirmation';

const addressOf = async ({ database }: World, { id }: BuiltMember): Promise<string> =>
  (await database.row<{ address: string }>('select address from members where id = $1', [id])).address;

/** Presses the button of a link's page. @returns whether it did what the page is for */
const acts = async (browser: Browser, purpose: LinkPurpose, typed: Record<string, string> = {}): Promise<boolean> =>
  hasActed(await pressOn(browser, purpose, typed), purpose);

/** The letters of a change, by kind and recipient. */
const lettersOf = async ({ database }: World, { id }: BuiltMember): Promise<string[]> => {
  const sent = await database.rows<{ line: string }>(
    `select kind || ' to ' || recipient as line from letters
     where subject_id in (select id from procedures where member_id = $1) order by created_at, recipient`,
    [id],
  );
  return sent.map(({ line }) => line);
};

/** Every step as it is meant, each looked at before the next. */
async function wholeWalk(world: World): Promise<string[]> {
  const found: string[] = [];
  const member = await buildMember();
  const newAddress = freshAddress();
  const [asking, elsewhere] = [await holding(world.target, member), await holding(world.target, member)];
  await askForChange(asking);
  const requested = await lettersOf(world, member);
  if (requested.join() !== `${REQUEST} to ${member.address}`) found.push(`the request mails ${requested.join()}`);

  const browser = await follow(world.target, await newestLink(member, REQUEST));
  const typed = { currentPassword: member.password, newAddress };
  if (!(await acts(browser, REQUEST, typed))) found.push('the new address was refused');
  if ((await addressOf(world, member)) !== member.address) found.push('switched before the new mailbox confirmed');
  const given = (await lettersOf(world, member)).slice(1);
  if (given.join() !== `${CONFIRMATION} to ${newAddress}`) found.push(`the confirmation mails ${given.join()}`);
  if (!(await opensHome(elsewhere, 'member'))) found.push('a session ended before the switch');

  const fresh = await follow(world.target, await newestLink(member, CONFIRMATION));
  if ((await addressOf(world, member)) !== member.address) found.push('opening the second link switched');
  if (!(await acts(fresh, CONFIRMATION))) found.push('the confirmation was refused');
  if ((await addressOf(world, member)) !== newAddress) found.push('confirmed, and not switched');
  const told = (await lettersOf(world, member)).filter((line) => line.startsWith('email-changed'));
  for (const to of [member.address, newAddress])
    if (!told.includes(`email-changed to ${to}`)) found.push('a mailbox was not told');
  for (const session of [asking, elsewhere])
    if (await opensHome(session, 'member')) found.push('a session outlived the switch');
  return found;
}

/** What must not switch the address, or move it on at all. Each gets a member of its own and answers what went wrong. */
const abuses: Record<string, (world: World, member: BuiltMember) => Promise<string[]>> = {
  'the request without a session': async ({ target }, member) => {
    const browser = new Browser(target);
    const formToken = await formTokenOf(browser);
    const answer = await browser.post('/account?index', Object.entries({ formToken, intent: 'request-email-change' }));
    return answer.status < 500 && !(answer.headers.location ?? '').startsWith('/email-change')
      ? []
      : [`answered ${answer.status} for ${member.id}`];
  },
  'a wrong current password': async (world, member) => {
    const { requestToken } = await buildRequestedChange(member);
    const browser = await follow(world.target, { purpose: REQUEST, token: requestToken });
    const taken: string[] = [];
    for (const currentPassword of ['', 'Chigau-2026'])
      if (await acts(browser, REQUEST, { currentPassword })) taken.push('taken');
    return taken;
  },
  'the first link on the page of the second': async (world, member) => {
    const { requestToken } = await buildRequestedChange(member);
    const browser = await follow(world.target, { purpose: CONFIRMATION, token: requestToken });
    return (await acts(browser, CONFIRMATION)) ? ['taken'] : [];
  },
  'the second link on the page of the first': async (world, member) => {
    const { confirmationToken } = await buildGivenChange(member);
    const browser = await follow(world.target, { purpose: REQUEST, token: confirmationToken });
    return (await acts(browser, REQUEST, { currentPassword: member.password })) ? ['taken'] : [];
  },
  'another address by the first link once more': async (world, member) => {
    const { requestToken } = await buildGivenChange(member);
    const browser = await follow(world.target, { purpose: REQUEST, token: requestToken });
    return (await acts(browser, REQUEST, { currentPassword: member.password })) ? ['taken'] : [];
  },
  'confirmed after a newer request': async (world, member) => {
    const { confirmationToken, session } = await buildGivenChange(member);
    await requestEmailChange(session, buildVisit());
    const browser = await follow(world.target, { purpose: CONFIRMATION, token: confirmationToken });
    return (await acts(browser, CONFIRMATION)) ? ['taken'] : [];
  },
  'confirmed after it was called off': async (world, member) => {
    const { confirmationToken, session } = await buildGivenChange(member);
    await cancelEmailChange(session, buildVisit());
    const browser = await follow(world.target, { purpose: CONFIRMATION, token: confirmationToken });
    return (await acts(browser, CONFIRMATION)) ? ['taken'] : [];
  },
  'confirmed after a password change, the page open meanwhile': async (world, member) => {
    const { confirmationToken } = await buildGivenChange(member);
    const browser = await follow(world.target, { purpose: CONFIRMATION, token: confirmationToken });
    await changePassword(await holding(world.target, member), member.password, anotherPassword);
    return (await acts(browser, CONFIRMATION)) ? ['taken'] : [];
  },
};

/** The page of one member's link, with another's session, password and ids. */
async function asAnother(world: World): Promise<string[]> {
  const account = await buildAccount();
  const [member, thief] = [await buildMember({ account }), await buildMember({ account, password: anotherPassword })];
  const { requestToken } = await buildRequestedChange(member);
  const browser = await follow(
    world.target,
    { purpose: REQUEST, token: requestToken },
    await holding(world.target, thief),
  );
  const typed = { currentPassword: thief.password, memberId: thief.id, procedureId: thief.id };
  const found = (await acts(browser, REQUEST, typed)) ? ["another's password was taken"] : [];
  if (!(await acts(browser, REQUEST, { ...typed, currentPassword: member.password })))
    found.push('the right password was refused');
  await confirmNewAddress(await mailedToken(member.id, CONFIRMATION), undefined, buildVisit());
  if ((await addressOf(world, thief)) !== thief.address) found.push('the change went to who was signed in');
  return found;
}

/** Pressed in many browsers at once. */
async function atOnce(world: World, presses: number): Promise<string[]> {
  const member = await buildMember();
  const { confirmationToken } = await buildGivenChange(member);
  const opened = await Promise.all(
    Array.from({ length: presses }, () => follow(world.target, { purpose: CONFIRMATION, token: confirmationToken })),
  );
  const answers = await Promise.all(opened.map((browser) => pressOn(browser, CONFIRMATION)));
  const taken = answers.filter((answer) => hasActed(answer, CONFIRMATION)).length;
  const told = (await lettersOf(world, member)).filter((line) => line.startsWith('email-changed')).length;
  return taken === 1 && told === 2 ? [] : [`${presses} presses at once switched ${taken} times, ${told} notices`];
}

export const s21: Row = {
  id: 'S21',
  requires: 'an address changes only with session, old mailbox, current password and new mailbox, in this order',
  asked: 'full walk and 8 abuse orders: switch only after both, 2 notices, other sessions end',
  attack: async (world, scale) => {
    const rounds = times(scale, { planted: 1, ci: 1, full: 20 });
    const found: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      found.push(...(await wholeWalk(world)));
      // The weaknesses are planted in the walk and in one of these.
      const tried = Object.entries(abuses).filter(([what]) => scale !== 'planted' || what.includes('password'));
      for (const [what, abuse] of tried) {
        const member = await buildMember();
        found.push(...(await abuse(world, member)).map((line) => `${what}: ${line}`));
        if ((await addressOf(world, member)) !== member.address) found.push(`${what}: the address was switched`);
      }
      if (scale === 'planted') continue;
      found.push(...(await asAnother(world)));
      found.push(...(await atOnce(world, times(scale, { planted: 2, ci: 20, full: 100 }))));
    }
    return {
      found,
      said: `the walk, ${Object.keys(abuses).length} abuse orders, another's session and presses at once; ${rounds} times`,
    };
  },
  plants: [
    {
      what: 'any current password will do',
      process: 'mail-change',
      mutations: [
        {
          file: 'server/index.js',
          find: /if \(!await verifyPassword\(stored == null \? void 0 : stored\.hash, \w+\)\)/,
          replace: 'if (false)',
        },
      ],
      shows: /a wrong current password: taken/,
    },
    {
      what: 'the confirmation goes to the old mailbox',
      process: 'mail-change',
      mutations: [
        {
          file: 'server/index.js',
          find: /letter: CONFIRMATION, recipient: \w+\.address\.entered/,
          replace: 'letter: CONFIRMATION, recipient: person.address',
        },
      ],
      shows: /the confirmation mails/,
    },
    {
      what: 'other sessions outlive the switch',
      process: 'mail-change',
      mutations: [
        {
          file: 'server/index.js',
          find: /await endSessionsOf\(tx, memberId, "address-changed"\)/,
          replace: 'void 0',
        },
      ],
      shows: /a session outlived the switch/,
    },
  ],
};
