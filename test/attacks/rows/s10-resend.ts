/** S10: pressing the resend button too often. */
import { buildMember, type BuiltMember } from '../../support/build.ts';
import { times, type Row, type World } from '../attack.ts';
import type { Browser } from '../tools/browser.ts';
import { doors, newestCode, withPassword } from '../tools/sign-in.ts';

/** The code in a mail stands alone on its line. */
const codeIn = (text: string): string | undefined => /^\s*(\d{6})\s*$/m.exec(text)?.[1];

const MOST_OF_A_CHALLENGE = 4;
const MOST_OF_AN_HOUR = 10;

/** Presses the resend button over and over; between presses the last mail becomes a minute older, unless all come at once. */
async function hammer(
  { database }: World,
  browser: Browser,
  challengeId: string,
  presses: number,
  patient: boolean,
): Promise<void> {
  const form = await browser.formWith(doors.member.code, 'code');
  for (let press = 0; press < presses; press += 1) {
    if (patient)
      await database.rows(`update challenges set mailed_at = mailed_at - interval '61 seconds' where id = $1`, [
        challengeId,
      ]);
    await browser.submit(form, { intent: 'resend' }, { forgetful: true });
  }
}

const lettersAbout = async ({ database }: World, challengeId: string): Promise<number> =>
  (await database.row<{ n: number }>(`select count(*)::int as n from letters where subject_id = $1`, [challengeId])).n;

interface Standing {
  tries: number;
  expiresAt: Date;
}

const standingOf = ({ database }: World, id: string) =>
  database.row<Standing>(`select tries, expires_at as "expiresAt" from challenges where id = $1`, [id]);

async function oneChallenge(
  world: World,
  member: BuiltMember,
  presses: number,
): Promise<{ id: string; found: string[] }> {
  const browser = await withPassword(world.target, member);
  const { id } = await newestCode(world, member);
  const before = await standingOf(world, id);
  await hammer(world, browser, id, presses, false);
  const found: string[] = [];
  const atOnce = await lettersAbout(world, id);
  if (atOnce > 1) found.push(`${atOnce - 1} resends within a minute`);
  await hammer(world, browser, id, presses, true);
  const mails = await lettersAbout(world, id);
  if (mails > MOST_OF_A_CHALLENGE) found.push(`${mails} mails of one challenge`);
  const after = await standingOf(world, id);
  if (after.tries !== before.tries || after.expiresAt.getTime() !== before.expiresAt.getTime()) {
    found.push('a resend moved the tries or the end of a code');
  }
  return { id, found };
}

export const s10: Row = {
  id: 'S10',
  requires: 'resends: 60 s apart, 3 a challenge, 10 mails an hour; the same code, the same end',
  asked: '100 presses; mails ≤ limits, one code a challenge',
  attack: async (world, scale) => {
    const presses = times(scale, { planted: 6, ci: 8, full: 50 });
    const member = await buildMember({ mfa: true });
    const found: string[] = [];
    const challenges: string[] = [];
    const most = times(scale, { planted: 1, ci: 3, full: 3 });
    for (let each = 0; each < most; each += 1) {
      const one = await oneChallenge(world, member, presses);
      challenges.push(one.id);
      found.push(...one.found);
    }
    const counts = await Promise.all(challenges.map((id) => lettersAbout(world, id)));
    const mails = counts.reduce((sum, count) => sum + count, 0);
    if (mails > MOST_OF_AN_HOUR) found.push(`${mails} mails within an hour`);
    // Where resends aren't counted there are too many to wait for.
    const caught = scale === 'planted' ? [] : await world.mail.arrived(member.address, mails);
    const codes = new Set(caught.map(({ text }) => codeIn(text)));
    if (codes.has(undefined)) found.push('a mail has no code on a line of its own');
    if (codes.size > challenges.length)
      found.push(`${codes.size} codes in the mails of ${challenges.length} challenges`);
    return {
      found,
      said: `${counts.join(' + ')} mails for ${presses * 2} presses each, ${codes.size} codes in ${caught.length} mails`,
    };
  },
  plants: [
    {
      what: 'resends are not counted',
      process: 'codes',
      mutations: [
        { file: 'server/index.js', find: /row\.resends >= limits\(\)\.codeResends/, replace: 'false' },
        {
          file: 'server/index.js',
          find: /having sum\(1 \+ resends\) >= \$4/,
          replace: 'having sum(1 + resends) >= 1000 + $4',
        },
      ],
      shows: /mails of one challenge/,
    },
  ],
};
