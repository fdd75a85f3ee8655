/** S78: spellings of one mail address, and what is none, wherever an address is typed. */
import { randomBytes } from 'node:crypto';
import { parseMailAddress } from '../../../domain/mail-address.ts';
import { buildMember } from '../../support/build.ts';
import { times, type Row, type World } from '../attack.ts';
import { Browser, leadsOn } from '../tools/browser.ts';
import { add, added, buildKeeper, TAKEN } from '../tools/members.ts';
import { shuffled } from '../tools/random.ts';
import { typePassword } from '../tools/sign-in.ts';

const fullWidth = (text: string): string =>
  text.replaceAll(/[!-~]/g, (character) => String.fromCodePoint(character.charCodeAt(0) + 0xfee0));

const SPELLINGS: Record<string, (address: string) => string> = {
  'upper case': (address) => address.toUpperCase(),
  'full width': fullWidth,
  'full-width upper case': (address) => fullWidth(address.toUpperCase()),
  'blanks around': (address) => ` \t${address} `,
  'full-width blanks': (address) => `　${address}　`,
  'full-width at': (address) => address.replace('@', '＠'),
  'Kelvin sign': (address) => address.replace('k', 'K'),
};

/** A mail to it would go to two. */
const TWO_RECIPIENTS = '%,b@example.jp';

/** None of them is an address, though each looks a little like one: `%` stands for a name of its own. */
const NASTIES = [
  ...['%', '%@', '@example.jp', '%@@example.jp', '%@example.jp@example.jp', '%＠example.jp＠example.jp', '%@example'],
  ...[
    '%@.example.jp',
    '%@example..jp',
    '%@example.jp.',
    '%@-example.jp',
    '%@example-.jp',
    '%@example.123',
    '%@[127.0.0.1]',
  ],
  ...[
    '%@127.0.0.1',
    '%@例え.jp',
    '%@ex ample.jp',
    '%@exam_ple.jp',
    '.%@example.jp',
    '%.@example.jp',
    '%..a@example.jp',
  ],
  ...['"%"@example.jp', '"%, b"@example.jp', '%;b@example.jp', '%@example.jp,b@example.jp'],
  ...[
    '%@example.jp;b@example.jp',
    '%@example.jp b@example.jp',
    '<%@example.jp>',
    'T <%@example.jp>',
    '%(a)@example.jp',
  ],
  ...[
    '%@example.jp(a)',
    '%\\@example.jp',
    '%\\a@example.jp',
    '%:a@example.jp',
    'mailto:%@example.jp',
    '%[a]@example.jp',
  ],
  ...[
    '%\r\nBcc: b@example.jp',
    '%@example.jp\r\nBcc: b@example.jp',
    '%@example.jp\nRCPT TO:<b@example.jp>',
    '%\u0007@example.jp',
  ],
  ...[
    '%\u007f@example.jp',
    '%\u200b@example.jp',
    '%@exa\u200bmple.jp',
    '%\u202e@example.jp',
    '%\u00ad@example.jp',
    'é%@example.jp',
  ],
  ...[
    '田中%@example.jp',
    '%@éxample.jp',
    '%\u0131@example.jp',
    '%@example.j\u200dp',
    '%😀@example.jp',
    `${'x'.repeat(65)}%@example.jp`,
  ],
  ...[
    `%@${'x'.repeat(64)}.jp`,
    `%@${'abcdefgh.'.repeat(30)}jp`,
    '%@example.jp\u3002evil.example@',
    '%%00@example.jp，b@example.jp',
  ],
  ...['%@example.jp/../b@example.jp', "%'--@example.jp; drop", '%@example.jp\\', '%@ example.jp', '% @example.jp'],
];

/** Sign-in, forgotten password and 利用者追加 know one member by every spelling. */
async function agree(world: World, found: string[]): Promise<number> {
  const keeper = await buildKeeper(world.target);
  const address = `kato-${randomBytes(4).toString('hex')}@example.jp`;
  const member = await buildMember({ account: keeper.account, address });
  for (const [what, spelled] of Object.entries(SPELLINGS)) {
    const typed = spelled(address);
    const signIn = await typePassword(new Browser(world.target), { ...member, address: typed });
    if (!leadsOn(signIn)) found.push(`${what}: the sign-in answers ${signIn.status}`);
    const browser = new Browser(world.target);
    const form = await browser.formWith('/password/forgot', 'loginId');
    const forgot = await browser.submit(form, { loginId: member.loginId, address: typed });
    if (!leadsOn(forgot)) found.push(`${what}: forgotten password answers ${forgot.status}`);
    const duplicate = await add(keeper, typed);
    if (duplicate.status !== 422 || !duplicate.body.includes(TAKEN)) found.push(`${what}: 利用者追加 knows it not`);
  }
  const asked = await world.database.rows('select from procedures where login_id = $1 and address_canonical = $2', [
    member.loginId,
    address,
  ]);
  if (asked.length !== Object.keys(SPELLINGS).length) found.push('forgotten password wrote another address down');
  return Object.keys(SPELLINGS).length;
}

/** Refused by all, and mailed to nobody. */
async function refuse(world: World, nasty: string, found: string[]): Promise<void> {
  const typed = nasty.replaceAll('%', `n${randomBytes(3).toString('hex')}`);
  const keeper = await buildKeeper(world.target);
  const answer = await add(keeper, typed);
  if (answer.status !== 422) found.push(`利用者追加 answers ${answer.status} to ${JSON.stringify(nasty)}`);
  if (added(answer)) found.push(`${JSON.stringify(nasty)} was added`);
  const browser = new Browser(world.target);
  const form = await browser.formWith('/password/forgot', 'loginId');
  const forgot = await browser.submit(form, { loginId: keeper.account.loginId, address: typed });
  if (forgot.status !== 422) found.push(`forgotten password answers ${forgot.status} to ${JSON.stringify(nasty)}`);
  const signIn = await typePassword(browser, { ...keeper.member, address: typed });
  if (signIn.status !== 422) found.push(`the sign-in answers ${signIn.status} to ${JSON.stringify(nasty)}`);
  const { members } = await world.database.row<{ members: number }>(
    'select count(*)::int as members from members where account_id = $1',
    [keeper.account.id],
  );
  if (members !== 1) found.push(`${JSON.stringify(nasty)} became a member`);
}

/** Whatever is typed: a canonical form is its own. */
function fixedPoints(count: number, found: string[]): void {
  for (let each = 0; each < count; each += 1) {
    const pieces = shuffled(`address ${each}`, [
      ...Array.from('aZ09.-_+@＠．ａ　,<"é'),
      'com',
      '@example.jp',
      '例',
      ' ',
    ]);
    const typed = pieces.slice(0, 4 + (each % 8)).join('');
    const canonical = parseMailAddress(typed)?.canonical;
    if (canonical !== undefined && parseMailAddress(canonical)?.canonical !== canonical)
      found.push(`${JSON.stringify(typed)} has no fixed canonical form`);
  }
}

export const s78: Row = {
  id: 'S78',
  requires: 'an address is normalised, then judged, and means the same wherever it is typed',
  asked: '10⁵ generated + 60 nasties; sign-in, forgotten password and 利用者追加 agree: 0 disagreements',
  attack: async (world, scale) => {
    const found: string[] = [];
    const spellings = await agree(world, found);
    const some = shuffled('nasties', NASTIES).slice(0, times(scale, { planted: 0, ci: 12, full: NASTIES.length }));
    const nasties = [TWO_RECIPIENTS, ...some];
    for (const nasty of nasties) await refuse(world, nasty, found);
    const generated = times(scale, { planted: 0, ci: 2_000, full: 100_000 });
    fixedPoints(generated, found);
    return {
      found,
      said: `${spellings} spellings known by 3 pages, ${nasties.length} nasties refused by them, ${generated} generated: 0 disagreements`,
    };
  },
  plants: [
    {
      what: 'an address is judged before it is normalised',
      process: 'addresses',
      mutations: [
        {
          file: 'server/index.js',
          find: /const entered = typed\d*\.normalize\("NFKC"\)\.trim\(\);/,
          replace: 'const entered = arguments[0];',
        },
      ],
      shows: /full width: 利用者追加 knows it not/,
    },
    {
      what: 'what addresses may not hold is not looked for',
      process: 'addresses',
      mutations: [{ file: 'server/index.js', find: ' || FORBIDDEN.test(entered)', replace: '' }],
      shows: /利用者追加 answers \d+ to "%,b@example\.jp"/,
    },
  ],
};
