/** S80: what may stand in a user name, typed at the set-up and at 登録情報変更. */
import { buildMember } from '../../support/build.ts';
import { times, type Row, type World } from '../attack.ts';
import { leadsOn, type Answer, type Browser } from '../tools/browser.ts';
import { add, buildKeeper, invitationForm, LIVING_BY_ADDRESS, openInvitation, setUpAs } from '../tools/members.ts';
import type { PageForm } from '../tools/page.ts';
import { shuffled } from '../tools/random.ts';
import { holding } from '../tools/sign-in.ts';

/** As typed, and as it must be stored; a name without one must be refused. */
interface TypedName {
  typed: string;
  stored?: string;
}

const LONGEST = 60;

/** One that looks like another, and one that turns its line round. */
const TELLING: TypedName[] = [{ typed: 'か\u3099', stored: 'が' }, { typed: 'a\u202eb' }];

const NAMES: TypedName[] = [
  ...[
    '山田 太郎',
    '髙𠮷﨑',
    'Ｙａｍａｄａ',
    "O'Neil <b>&amp;",
    '"; drop table members; --',
    '%s %n ${7*7} {{7*7}}',
  ].map(same),
  ...['👩‍👩‍👧‍👦', 'ﾔﾏﾀﾞ', '=1+1', '../../etc/passwd', '\u0301a'].map(same),
  { typed: '　山田　', stored: '山田' },
  { typed: '\tA\n', stored: 'A' },
  same('𠮷'.repeat(LONGEST)),
  { typed: '𠮷'.repeat(LONGEST + 1) },
  { typed: ' 　\t' },
  ...[
    '\u2066',
    '\u2069',
    '\u200e',
    '\u200f',
    '\u061c',
    '\u0007',
    '\u001b[31m',
    '\u0085',
    '\u007f',
    'x\ny',
    'x\r\ny',
  ].map((unsafe) => ({ typed: `a${unsafe}b` })),
];

function same(typed: string): TypedName {
  return { typed, stored: typed };
}

/** Made by chance of pieces that are fine or are not. */
function generated(count: number): TypedName[] {
  const fine = ['山', 'が', 'A', 'é', '𠮷', ' ', '　', '-', '<', '"', '\\', '%'];
  const unsafe = ['\u202a', '\u2067', '\u0001', '\u009f'];
  return Array.from({ length: count }, (_, n) => {
    const pieces = shuffled(`name ${n}`, [...fine, ...(n % 2 === 0 ? [] : unsafe)]).slice(0, 6);
    const typed = pieces.join('');
    const stored = typed.normalize('NFC').trim();
    return pieces.some((piece) => unsafe.includes(piece)) || stored === '' ? { typed } : { typed, stored };
  });
}

/** Taken where it can be stored, refused with its page where it can't. */
const judgedAs = (stored: string | undefined, answer: Answer): boolean =>
  stored === undefined ? answer.status === 422 : leadsOn(answer);

const storedName = async ({ database }: World, id: string): Promise<string> =>
  (await database.row<{ name: string }>('select user_name as name from members where id = $1', [id])).name;

/** Reads the name back from the field of its page, as a browser would show it. */
async function shownName(browser: Browser): Promise<string | undefined> {
  const { fields } = await browser.formWith('/account', 'userName');
  return fields.find(([name]) => name === 'userName')?.[1];
}

async function changeName(world: World, names: TypedName[], found: string[]): Promise<void> {
  const { id, ...member } = await buildMember();
  const browser = await holding(world.target, { id, ...member });
  const form = await browser.formWith('/account', 'userName');
  for (const { typed, stored } of names) {
    const what = JSON.stringify(typed);
    const before = await storedName(world, id);
    const answer = await browser.submit(form, { userName: typed, intent: 'change-registration' });
    if (!judgedAs(stored, answer)) found.push(`登録情報変更 answers ${answer.status} to ${what}`);
    const now = await storedName(world, id);
    if (now !== (stored ?? before)) found.push(`${what} is stored as ${JSON.stringify(now)}`);
    if ((await shownName(browser)) !== now) found.push(`${what} is shown otherwise than it is stored`);
  }
}

/** The same names at the set-up. A refused one leaves the link as it was. */
async function setUp(world: World, names: TypedName[], found: string[]): Promise<void> {
  for (const [n, { typed, stored }] of names.entries()) {
    const keeper = await buildKeeper(world.target);
    const address = `name-${n}-${keeper.account.loginId}@example.jp`;
    await add(keeper, address);
    const { id } = await world.database.row<{ id: string }>(LIVING_BY_ADDRESS, [keeper.account.id, address]);
    const browser = await openInvitation(world.target, id);
    const answer = await browser.submit(await invitationForm(browser), setUpAs(typed, 'Atarashi-27'));
    if (!judgedAs(stored, answer)) found.push(`the set-up answers ${answer.status} to ${JSON.stringify(typed)}`);
    if ((await storedName(world, id)) !== (stored ?? ''))
      found.push(`the set-up stores ${JSON.stringify(typed)} otherwise`);
  }
}

/** What is no text at all, or not one field. */
async function brokenBodies(world: World, found: string[]): Promise<void> {
  const browser = await holding(world.target, await buildMember());
  const form = await browser.formWith('/account', 'userName');
  const rest = new URLSearchParams(form.fields.filter(([name]) => name !== 'userName'));
  rest.set('intent', 'change-registration');
  for (const userName of ['userName=a%00b', 'userName=%ED%A0%80', 'userName=%FF%FE', 'userName=a&userName=b', '']) {
    const { status }: Answer = await browser.post(action(form), [], { body: `${rest.toString()}&${userName}` });
    if (status >= 500) found.push(`a name sent as ${userName} is answered ${status}`);
  }
}

const action = ({ action: path }: PageForm): string => path;

export const s80: Row = {
  id: 'S80',
  requires: 'names are NFC and trimmed, without control or bidi characters, within their length: stored as shown',
  asked: '10⁴ typed names: stored = shown, PostgreSQL never errors',
  attack: async (world, scale) => {
    const found: string[] = [];
    const known = shuffled('names', NAMES).slice(0, times(scale, { planted: 0, ci: 12, full: NAMES.length }));
    const names = [...TELLING, ...known, ...generated(times(scale, { planted: 0, ci: 4, full: 10_000 }))];
    await changeName(world, names, found);
    const atSetUp = shuffled('set-up', NAMES).slice(0, times(scale, { planted: 0, ci: 3, full: NAMES.length }));
    await setUp(world, atSetUp, found);
    await brokenBodies(world, found);
    return {
      found,
      said: `${names.length} names at 登録情報変更, ${atSetUp.length} at the set-up, 5 broken bodies: stored as shown, 0 faults`,
    };
  },
  plants: [
    {
      what: 'bidi and control characters pass',
      process: 'invitations',
      mutations: [
        {
          file: 'server/index.js',
          find: /const unsafe = lines === "one" \? LINE_UNSAFE : TEXT_UNSAFE;/,
          replace: 'const unsafe = /\\0/;',
        },
      ],
      shows: /登録情報変更 answers 30\d to "a/,
    },
    {
      what: 'what looks alike is stored as typed',
      process: 'invitations',
      mutations: [{ file: 'server/index.js', find: '.normalize("NFC").trim()', replace: '.trim()' }],
      shows: /is stored as "か/,
    },
  ],
  notCovered:
    'names of templates, notices and products (nobody types them yet); those of an application and of migrated customers are judged by the same rule',
};
