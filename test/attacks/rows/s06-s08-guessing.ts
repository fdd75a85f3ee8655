/** S06–S08: guessing a one-time code in parallel, over a day, and using one twice. */
import { buildMember, type BuiltMember } from '../../support/build.ts';
import { times, type Row, type World } from '../attack.ts';
import { Browser } from '../tools/browser.ts';
import { resetByMail } from '../tools/reset.ts';
import { doors, newestCode, opensHome, signedIn, typeCode, typePassword, withPassword } from '../tools/sign-in.ts';

/** The `n`th code that is not the right one. */
const wrongCode = (right: string, n: number): string => String((Number(right) + 1 + n) % 1_000_000).padStart(6, '0');

/** How many typed codes of a person were compared with the right one: the audit trail has a line for each. */
async function comparedCodes({ database }: World, personId: string): Promise<number> {
  const { n } = await database.row<{ n: number }>(
    `select count(*)::int as n from audit where event = 'code-refused' and actor_id = $1`,
    [personId],
  );
  return n;
}

export const s06: Row = {
  id: 'S06',
  requires: 'at most 5 wrong codes are compared for a challenge, then the right one is refused too',
  asked: '50 parallel wrong, then the right one; ≤ 5 compared; 100 repeats',
  attack: async (world, scale) => {
    const repeats = times(scale, { planted: 2, ci: 4, full: 100 });
    const found: string[] = [];
    let most = 0;
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const member = await buildMember({ mfa: true });
      const browser = await withPassword(world.target, member);
      const { code } = await newestCode(world, member);
      const form = await browser.formWith(doors.member.code, 'code');
      await Promise.all(
        Array.from({ length: 50 }, (_, n) => browser.submit(form, { code: wrongCode(code, n) }, { forgetful: true })),
      );
      const compared = await comparedCodes(world, member.id);
      most = Math.max(most, compared);
      if (compared > 5) found.push(`${compared} wrong codes were compared`);
      await browser.submit(form, { code });
      if (await opensHome(browser, 'member')) found.push('the right code was taken after five wrong ones');
    }
    return { found, said: `at most ${most} compared, right code refused, ${repeats} repeats of 50 parallel` };
  },
  plants: [
    {
      what: 'the count of tries is no condition any more',
      process: 'codes',
      mutations: [{ file: 'server/index.js', find: 'and tries < $2 and', replace: 'and $2::int > 0 and' }],
      shows: /wrong codes were compared/,
    },
  ],
};

/** The cap of mails in an hour is another row's (S10): what was mailed to this member so far was mailed long ago. */
const mailedLongAgo = ({ database }: World, member: BuiltMember): Promise<unknown> =>
  database.rows(`update challenges set mailed_at = mailed_at - interval '2 hours' where member_id = $1`, [member.id]);

/** The owner, in the browser that was signed in before, and after a reset in any. */
async function stillGetsCodes(world: World, member: BuiltMember, device: string): Promise<string[]> {
  const found: string[] = [];
  await mailedLongAgo(world, member);
  const known = new Browser(world.target);
  known.cookies.set('device', device);
  await typePassword(known, member);
  if ((await known.get(doors.member.code)).status !== 200) found.push('the known browser gets no code either');
  await resetByMail(world.target, member, 'Atarashi-27');
  const other = await withPassword(world.target, { ...member, password: 'Atarashi-27' }).catch(() => undefined);
  if (other === undefined) found.push('a completed reset opens no new code');
  return found;
}

export const s07: Row = {
  id: 'S07',
  requires:
    'at most 20 wrong codes a member in 24 h, however often one signs in, the known browser counted apart; the page says until when; a reset ends it',
  asked: '10 sign-ins of 5 wrong codes; ≤ 20 compared',
  attack: async (world, scale) => {
    const found: string[] = [];
    const challenges = times(scale, { planted: 6, ci: 6, full: 10 });
    const member = await buildMember({ mfa: true });
    const device = (await signedIn(world, member)).cookies.get('device') ?? '';
    // All open at once in browsers of their own: the cap must hold across them, not only from one to the next.
    const browsers = [];
    for (let each = 0; each < challenges; each += 1) {
      await mailedLongAgo(world, member);
      const browser = await withPassword(world.target, member);
      browsers.push({
        browser,
        form: await browser.formWith(doors.member.code, 'code'),
        right: await newestCode(world, member),
      });
    }
    await Promise.all(
      browsers.flatMap(({ browser, form, right }) =>
        Array.from({ length: 5 }, (_, n) =>
          browser.submit(form, { code: wrongCode(right.code, n) }, { forgetful: true }),
        ),
      ),
    );
    const compared = await comparedCodes(world, member.id);
    if (compared > 20) found.push(`${compared} codes were compared in a day`);
    await mailedLongAgo(world, member);
    const next = await withPassword(world.target, member).then(
      () => 'a new code was sent after 20 wrong ones',
      () => undefined,
    );
    if (next !== undefined) found.push(next);
    const { body } = await typePassword(new Browser(world.target), member);
    if (!/\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}/.test(body)) found.push('the page does not say until when no code is sent');
    found.push(...(await stillGetsCodes(world, member, device)));
    return {
      found,
      said: `${compared} compared over ${challenges} challenges in parallel, then no new code but in the known browser and after a reset`,
    };
  },
  plants: [
    {
      what: "a day's wrong codes are not added up",
      process: 'codes',
      mutations: [
        {
          file: 'server/index.js',
          find: /(return \(.+) >= limits\(\)\.codeWrongPerDay/,
          replace: '$1 >= 1000 + limits().codeWrongPerDay',
        },
      ],
      shows: /codes were compared in a day/,
    },
    {
      what: 'the known browser counts with all others',
      process: 'known codes',
      mutations: [
        {
          file: 'server/index.js',
          find: 'device_digest is not distinct from $2::bytea',
          replace: "coalesce($2::bytea, '') is not null",
        },
      ],
      shows: /the known browser gets no code/,
    },
  ],
};

export const s08: Row = {
  id: 'S08',
  requires: 'a code signs in once',
  asked: '50 parallel submits of the right code, exactly 1 success, replay refused; 100 repeats',
  attack: async (world, scale) => {
    const repeats = times(scale, { planted: 3, ci: 4, full: 100 });
    const found: string[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const member = await buildMember({ mfa: true });
      const browser = await withPassword(world.target, member);
      const { code } = await newestCode(world, member);
      const form = await browser.formWith(doors.member.code, 'code');
      await Promise.all(Array.from({ length: 50 }, () => browser.submit(form, { code }, { forgetful: true })));
      const { n } = await world.database.row<{ n: number }>(
        `select count(*)::int as n from sessions where member_id = $1 and stage = 'full'`,
        [member.id],
      );
      if (n !== 1) {
        found.push(`one code opened ${n} sessions`);
        continue;
      }
      await browser.submit(form, { code });
      if (await opensHome(browser, 'member')) found.push('a used code was taken again');
      const other = await withPassword(world.target, member);
      await typeCode(other, 'member', code);
      if (await opensHome(other, 'member')) found.push('a used code was taken by the next challenge');
    }
    return { found, said: `exactly 1 success each, replays refused, ${repeats} repeats of 50 parallel` };
  },
  plants: [
    {
      what: 'a challenge that was accepted counts as open',
      process: 'codes',
      mutations: [
        {
          file: 'server/index.js',
          find: /(set state = 'accepted', ended_at = now\(\)\s+where id = \$1) and state = 'open'/,
          replace: '$1',
        },
        { file: 'server/index.js', find: /(set tries = tries \+ 1 where id = \$1) and state = 'open'/, replace: '$1' },
      ],
      shows: /one code opened/,
    },
  ],
};
