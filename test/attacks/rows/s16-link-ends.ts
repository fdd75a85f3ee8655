/** S16: mailed links after their time, after a newer one, and after what makes them void. */
import { linkPurposes, type LinkPurpose } from '../../../domain/procedures.ts';
import { shiftLinks } from '../../support/links.ts';
import { buildAccount, buildMember, type BuiltMember } from '../../support/build.ts';
import { times, type Row, type World } from '../attack.ts';
import { anotherPassword, freshLink, linkFor, newestLink, tryLink, type HeldLink } from '../tools/mailed-links.ts';
import { deleteByPage } from '../tools/members.ts';
import { askForReset } from '../tools/reset.ts';
import { askForChange, changePassword, holding } from '../tools/sign-in.ts';

const HOUR = 3600;

/** As in the product's description, in seconds. */
const LIFETIMES: Record<LinkPurpose, number> = {
  'password-reset': HOUR,
  'password-setup': 72 * HOUR,
  'email-change-request': 24 * HOUR,
  'email-change-confirmation': 24 * HOUR,
  'sign-in-notice': 7 * 24 * HOUR,
};

/** What is left when the early one is tried: enough for the request to arrive. */
const EARLY_BY_SECONDS = 30;

async function atItsEnd({ target }: World, purpose: LinkPurpose): Promise<string[]> {
  const [early, late] = [await freshLink(purpose), await freshLink(purpose)];
  await shiftLinks(early.member.id, EARLY_BY_SECONDS - LIFETIMES[purpose]);
  await shiftLinks(late.member.id, -1 - LIFETIMES[purpose]);
  const [inTime, tooLate] = [await tryLink(target, early), await tryLink(target, late)];
  const found: string[] = [];
  if (!inTime.taken) found.push(`a ${purpose} link was refused before its end`);
  if (tooLate.shown) found.push(`the page of a ${purpose} link was shown after its end`);
  if (tooLate.taken) found.push(`a ${purpose} link was taken after its end`);
  return found;
}

async function expectVoid({ target }: World, what: string, link: HeldLink): Promise<string[]> {
  const { shown, taken } = await tryLink(target, link);
  const found: string[] = [];
  if (shown) found.push(`${what}: the page of the ${link.purpose} link is still shown`);
  if (taken) found.push(`${what}: the ${link.purpose} link was still taken`);
  return found;
}

/** A newer request of the same purpose. */
async function changeAskedAnew(world: World): Promise<string[]> {
  const found: string[] = [];
  for (const purpose of ['email-change-request', 'email-change-confirmation'] as const) {
    const member = await buildMember();
    const older = await linkFor(member, purpose);
    await askForChange(await holding(world.target, member));
    found.push(...(await expectVoid(world, 'asked anew', older)));
  }
  return found;
}

/** While its link is valid another request mails the same one (nobody can void another's); after its end a new one. */
async function resetAskedAnew(world: World): Promise<string[]> {
  const member = await buildMember();
  const ask = async (mails: number): Promise<HeldLink> => {
    await askForReset(world.target, member);
    await world.mail.arrived(member.address, mails);
    return newestLink(member, 'password-reset');
  };
  const first = await ask(1);
  const again = await ask(2);
  const found = first.token === again.token ? [] : ['a second request of a reset voided the link of the first'];
  await shiftLinks(member.id, -1 - HOUR);
  const newer = await ask(3);
  found.push(...(await expectVoid(world, 'asked anew after its end', first)));
  if (!(await tryLink(world.target, newer)).taken) found.push('the link of a newer reset was refused');
  return found;
}

interface Event {
  what: string;
  happen: (world: World, member: BuiltMember, colleague: BuiltMember) => Promise<void>;
  voids: readonly Exclude<LinkPurpose, 'password-setup'>[];
}

const CHANGES = ['email-change-request', 'email-change-confirmation'] as const;

async function press({ target }: World, link: HeldLink): Promise<void> {
  if (!(await tryLink(target, link)).taken) throw new Error(`a valid ${link.purpose} link was refused`);
}

const events: Event[] = [
  {
    what: 'password changed',
    happen: async ({ target }, member) => {
      await changePassword(await holding(target, member), member.password, anotherPassword);
    },
    voids: ['password-reset', ...CHANGES],
  },
  {
    what: 'password reset',
    happen: async (world, member) => press(world, await linkFor(member, 'password-reset')),
    voids: CHANGES,
  },
  {
    what: 'address changed',
    happen: async (world, member) => press(world, await linkFor(member, 'email-change-confirmation')),
    voids: ['password-reset'],
  },
  {
    what: 'member deleted',
    happen: async ({ target }, member, colleague) => {
      const browser = await holding(target, colleague);
      await deleteByPage({ browser, member: colleague }, member.id);
    },
    voids: ['password-reset', ...CHANGES, 'sign-in-notice'],
  },
  {
    what: 'sign-in reported as somebody else’s',
    happen: async (world, member) => press(world, await linkFor(member, 'sign-in-notice')),
    voids: ['password-reset', ...CHANGES],
  },
];

/** The links of sign-in notices stand on their own: only deletion voids them. */
async function afterEvent(world: World, { what, happen, voids }: Event): Promise<string[]> {
  const found: string[] = [];
  for (const purpose of voids) {
    const account = await buildAccount();
    const [member, colleague] = [await buildMember({ account }), await buildMember({ account })];
    const notice = await linkFor(member, 'sign-in-notice');
    const link = await linkFor(member, purpose);
    await happen(world, member, colleague);
    found.push(...(await expectVoid(world, what, link)));
    if (!voids.includes('sign-in-notice') && !(await tryLink(world.target, notice)).taken)
      found.push(`${what}: the link of a sign-in notice was refused`);
  }
  return found;
}

export const s16: Row = {
  id: 'S16',
  requires:
    'links end after their time, with a newer one, with password, address or member; those of sign-in notices stand on their own',
  asked: '0 accepted after their end',
  attack: async (world, scale) => {
    const found: string[] = [];
    const rounds = times(scale, { planted: 1, ci: 1, full: 20 });
    for (let round = 0; round < rounds; round += 1) {
      for (const purpose of linkPurposes) found.push(...(await atItsEnd(world, purpose)));
      found.push(...(await changeAskedAnew(world)));
      // A weakness is planted at the first event; the web alone has it.
      const tried = scale === 'planted' ? events.slice(0, 1) : events;
      for (const event of tried) found.push(...(await afterEvent(world, event)));
      if (scale !== 'planted') found.push(...(await resetAskedAnew(world)));
    }
    const orders = events.reduce((sum, { voids }) => sum + voids.length, 0);
    return {
      found,
      said: `${linkPurposes.length} purposes at their end, ${orders} orders of link and event, newer requests; ${rounds} times`,
    };
  },
  plants: [
    {
      what: 'a link’s end is no condition any more',
      process: 'link-ends',
      mutations: [
        {
          file: 'server/index.js',
          find: /when expires_at <= now\(\) then 'expired' end as dead/,
          replace: 'end as dead',
        },
        {
          file: 'server/index.js',
          find: /purpose = \$2 and state = 'open' and expires_at > now\(\) returning/,
          replace: "purpose = $$2 and state = 'open' returning",
        },
      ],
      shows: /link was taken after its end/,
    },
    {
      what: 'a password change leaves pending links alive',
      process: 'link-ends',
      mutations: [
        {
          file: 'server/index.js',
          find: /await callOffProcedures\(tx, session\.memberId, \["password-reset", "email-change"\]\);/,
          replace: '',
        },
      ],
      shows: /password changed: the password-reset link was still taken/,
    },
    {
      what: 'a newer request leaves the link of the older one alive',
      process: 'link-ends',
      mutations: [
        {
          file: 'server/index.js',
          find: /await endProcedure\(tx, [\w$]+, earlier\.id, "superseded", "replaced"\);/,
          replace: `await rows("update procedures set state = 'superseded', state_at = now(), ended_at = now() where id = $$1", [earlier.id], tx);`,
        },
      ],
      shows: /asked anew: the page of the email-change-request link is still shown/,
    },
  ],
};
