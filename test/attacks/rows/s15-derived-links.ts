/** S15: the tokens of mailed links: how they look, what is stored of them, what a second mail carries. */
import { createHash, randomUUID } from 'node:crypto';
import { deriveLinkToken } from '../../../db/stores/secrets.ts';
import { linkPaths, linkPurposes } from '../../../domain/procedures.ts';
import { buildMember } from '../../support/build.ts';
import { mailedToken } from '../../support/links.ts';
import { times, type Row, type World } from '../attack.ts';
import type { CaughtMail } from '../tools/mail-catcher.ts';
import { follow, formBehind, freshLink, newestLink, type HeldLink } from '../tools/mailed-links.ts';
import { askForReset } from '../tools/reset.ts';
import { killWorker } from '../tools/site-parts.ts';
import { withPassword } from '../tools/sign-in.ts';

/** 256 bit are 43 letters of base64url. */
const TOKEN = /^[\w-]{43}$/;

/** The tokens in mails for one page. */
const tokensFor = (mails: CaughtMail[], path: string): string[] =>
  mails.flatMap(({ text }) => {
    const token = new RegExp(`^\\S+${path}\\?token=(\\S+)$`, 'm').exec(text)?.[1];
    return token === undefined ? [] : [token];
  });

/** Links that the web process under attack makes: a sign-in's notice, and the reset that its button opens. */
async function byPages({ target }: World): Promise<HeldLink[]> {
  const member = await buildMember();
  await withPassword(target, member);
  const notice = await newestLink(member, 'sign-in-notice');
  const browser = await follow(target, notice);
  const form = await formBehind(browser, 'sign-in-notice');
  if (form !== undefined) await browser.submit(form);
  return [notice, await newestLink(member, 'password-reset')];
}

async function storedOf({ database }: World, links: HeldLink[]): Promise<{ found: string[]; rows: number }> {
  const dumped = await database.dump();
  const found: string[] = [];
  for (const { purpose, token } of links) {
    const hex = Buffer.from(token, 'base64url').toString('hex');
    for (const { table, text } of dumped)
      if (text.includes(token) || text.includes(hex)) found.push(`a ${purpose} token stands in ${table}`);
    const [row] = await database.rows<{ key: string; ends: Date; n: number }>(
      `select key_id as key, expires_at as ends from links where digest = $1`,
      [createHash('sha256').update(token).digest()],
    );
    if (row === undefined || row.key === '') found.push(`no row holds key id, SHA-256 and end of a ${purpose} token`);
  }
  return { found, rows: dumped.length };
}

/**
 * Asks twice by the page. The first mail is refused for a while, and the worker is killed meanwhile: its row is committed, its mail is not
 * out. Then it comes once, and all mails that come carry one link.
 */
async function mailedAgain(world: World): Promise<string[]> {
  const { target, mail, database } = world;
  const member = await buildMember();
  const { address, id } = member;
  await mail.behave({ mode: 'refuse-temporary', to: address });
  let untilBack = (): Promise<void> => Promise.resolve();
  try {
    await askForReset(target, member);
    await until(database, `select from letters where recipient = $1 and tries > 0`, address);
    untilBack = await killWorker(world);
  } finally {
    await mail.behave({ mode: 'accept' });
  }
  await untilBack();
  // A try that the dead worker had begun is given up after 10 s without a heartbeat.
  await mail.arrived(address, 1, 60_000);
  await database.quiet(60_000);
  const once = (await mail.mails(address)).length;
  const found = once === 1 ? [] : [`after a kill between commit and mail ${once} mails came`];
  await askForReset(target, member);
  const tokens = tokensFor(await mail.arrived(address, once + 1), linkPaths['password-reset']);
  if (tokens.length !== once + 1 || new Set(tokens).size !== 1)
    found.push('a mail after a kill and a repeated one carry different links');
  if (tokens[0] !== (await mailedToken(id, 'password-reset'))) found.push('the mailed link is not the derived one');
  return found;
}

async function until(database: World['database'], query: string, value: string): Promise<void> {
  const end = Date.now() + 30_000;
  while ((await database.rows(query, [value])).length === 0) {
    if (Date.now() > end) throw new Error(`never came true: ${query}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function collisions(count: number): number {
  const drawn = new Set<string>();
  for (let each = 0; each < count; each += 1) drawn.add(deriveLinkToken('password-reset', randomUUID(), 'k1'));
  return count - drawn.size;
}

export const s15: Row = {
  id: 'S15',
  requires:
    'link tokens are derived, 256 bit in base64url; stored is only key id, SHA-256 and end; mailed again, also after a kill, it is the same link',
  asked: '0 clear in a dump, 0 collisions of 10⁵, one link in all mails',
  attack: async (world, scale) => {
    const links = await byPages(world);
    for (const purpose of linkPurposes) links.push(await freshLink(purpose));
    await world.database.quiet();
    const found: string[] = [];
    for (const { purpose, token, member } of links) {
      if (!TOKEN.test(token)) found.push(`a ${purpose} token is not 43 letters of base64url`);
      const to = purpose === 'email-change-confirmation' ? undefined : member.address;
      if (!tokensFor(await world.mail.mails(to), linkPaths[purpose]).includes(token))
        found.push(`no mail carries the ${purpose} link that is derived from its row`);
    }
    const stored = await storedOf(world, links);
    const drawn = times(scale, { planted: 1000, ci: 10_000, full: 100_000 });
    const twice = collisions(drawn);
    if (twice > 0) found.push(`${twice} of ${drawn} tokens collide`);
    if (scale !== 'planted') found.push(...(await mailedAgain(world)));
    return {
      found: [...found, ...stored.found],
      said: `${links.length} links of ${linkPurposes.length} purposes: 0 in clear in ${stored.rows} rows; ${drawn} tokens, ${twice} collisions; worker killed between commit and mail: 1 mail, and with a second request one link`,
    };
  },
  plants: [
    {
      what: 'the token is kept beside its letter',
      process: 'mailed links',
      mutations: [
        {
          file: 'server/index.js',
          find: /facts: \{ \.\.\.row, expiresAt: row\.expiresAt\.toISOString\(\) \},/,
          replace:
            'facts: { ...row, expiresAt: row.expiresAt.toISOString(), token: deriveLinkToken(row.purpose, row.linkId, row.keyId) },',
        },
      ],
      shows: /a password-reset token stands in letters/,
    },
  ],
};
