/** S20: tokens of one purpose in the pages of another, members named in the form, steps skipped. */
import { linkPaths, linkPurposes, type LinkPurpose } from '../../../domain/procedures.ts';
import { buildMember } from '../../support/build.ts';
import type { Row, World } from '../attack.ts';
import { Browser, type Answer } from '../tools/browser.ts';
import { follow, formBehind, freshLink, hasActed, pressOn, typedOn, type HeldLink } from '../tools/mailed-links.ts';
import { opensHome, withPassword } from '../tools/sign-in.ts';
import { dataPathFor } from '../tools/single-fetch.ts';

const cookieOf = (browser: Browser, purpose: LinkPurpose): string | undefined =>
  [...browser.cookies.keys()].find((name) => name.endsWith(`link-${purpose}`));

/** A post to the page of `purpose` with every field that any of the pages knows. */
const postEverything = (browser: Browser, purpose: LinkPurpose): Promise<Answer> =>
  pressOn(browser, purpose, Object.fromEntries(linkPurposes.flatMap((each) => Object.entries(typedOn[each]()))));

/** The token of each purpose at the page of each other: in the address, and put into the cookie of that page. */
async function mixed({ target }: World, links: HeldLink[]): Promise<{ found: string[]; tried: number }> {
  const found: string[] = [];
  let tried = 0;
  for (const link of links) {
    for (const purpose of linkPurposes.filter((other) => other !== link.purpose)) {
      const byAddress = await follow(target, { purpose, token: link.token });
      const byCookie = await follow(target, link);
      const held = byCookie.cookies.get(cookieOf(byCookie, link.purpose) ?? '');
      const name = cookieOf(byAddress, purpose);
      if (held === undefined || name === undefined) throw new Error('a link puts its token into no cookie');
      byCookie.cookies.set(name, held);
      for (const [way, browser] of Object.entries({ address: byAddress, cookie: byCookie })) {
        tried += 1;
        const shown = await browser.get(linkPaths[purpose]);
        const posted = await postEverything(browser, purpose);
        const what = `${link.purpose} token in the ${way} of ${purpose}`;
        if (shown.status !== 404) found.push(`${what}: its page answers ${shown.status}`);
        if (hasActed(posted, purpose) || posted.status < 400) found.push(`${what}: its post answers ${posted.status}`);
      }
    }
  }
  return { found, tried };
}

/** Without a token no page of a link is reached: not by a stranger, not signed in, not between password and code. */
async function withoutToken({ target }: World): Promise<string[]> {
  const found: string[] = [];
  const browsers = {
    stranger: new Browser(target),
    member: await withPassword(target, await buildMember()),
    'member before the code': await withPassword(target, await buildMember({ mfa: true })),
  };
  for (const [who, browser] of Object.entries(browsers)) {
    for (const purpose of linkPurposes) {
      for (const way of [linkPaths[purpose], dataPathFor(linkPaths[purpose])]) {
        const { status } = await browser.get(way);
        if (status !== 404) found.push(`${who} without a token: ${way} answers ${status}`);
      }
      const { status } = await postEverything(browser, purpose);
      if (status < 400) found.push(`${who} without a token: the post to ${linkPaths[purpose]} answers ${status}`);
    }
  }
  return found;
}

/** A right link, with another member named in every field one could think of. */
async function otherMember({ target, database }: World, purpose: LinkPurpose): Promise<string[]> {
  const victim = await buildMember();
  const link = await freshLink(purpose);
  const rowOf = () =>
    database.row<{ text: string }>('select to_jsonb(m)::text as text from members m where id = $1', [victim.id]);
  const before = await rowOf();
  const browser = await follow(target, link);
  const form = await formBehind(browser, purpose);
  if (form === undefined) return [`${purpose}: the page of a live link has no form`];
  const named = { loginId: victim.loginId, username: victim.loginId, address: victim.address };
  const ids = { memberId: victim.id, userId: victim.id, id: victim.id, accountId: victim.accountId };
  await browser.submit(form, { ...named, ...ids, ...typedOn[purpose]() });
  const found = (await rowOf()).text === before.text ? [] : [`${purpose}: the form named the member that was changed`];
  if (!(await opensHome(await withPassword(target, victim), 'member')))
    found.push(`${purpose}: the named member can no longer sign in`);
  return found;
}

export const s20: Row = {
  id: 'S20',
  requires: 'a link is good for its own purpose, member and step alone',
  asked: '5 purposes × 5 pages, tampered user, skipped steps: 0 of all combinations',
  attack: async (world, scale) => {
    const links: HeldLink[] = [];
    for (const purpose of linkPurposes) links.push(await freshLink(purpose));
    // The link of a ログイン通知メール is the last.
    const { found, tried } = await mixed(world, scale === 'planted' ? links.slice(-1) : links);
    if (scale === 'planted') return { found, said: '' };
    found.push(...(await withoutToken(world)));
    for (const purpose of linkPurposes) found.push(...(await otherMember(world, purpose)));
    for (const link of links)
      if ((await formBehind(await follow(world.target, link), link.purpose)) === undefined)
        found.push(`${link.purpose}: its own page is closed after all that`);
    return {
      found,
      said: `0 of ${tried} mixtures, ${linkPurposes.length} pages without a token by 3 kinds of browser, ${linkPurposes.length} tampered forms`,
    };
  },
  plants: [
    {
      what: 'a link is looked up without its purpose',
      process: 'mailed links',
      mutations: [
        {
          file: 'server/index.js',
          find: /(from links where digest = \$1) and purpose = \$2`/,
          replace: '$1 and $2::text is not null`',
        },
      ],
      shows: /sign-in-notice token in the address of password-reset: its page answers 200/,
    },
  ],
};
