/** More sign-ins than the queue of hashes holds: the last ones are asked to try again, and nothing is counted against them (S59). */
import { beforeAll, expect, it } from 'vitest';
import { action as signIn } from '../../app/routes/login.tsx';
import { rows } from '../../db/raw.ts';
import { buildMember } from '../support/build.ts';
import { useStores } from '../support/stores.ts';
import { answerOf, asked, emptyContext } from '../support/web.ts';

useStores();
beforeAll(() => {
  process.env['LIMITS'] = JSON.stringify({ hashesWaiting: 1 });
});

it('a full queue is a 503 with Retry-After, and the attempt is given back', async () => {
  const members = [];
  for (let i = 0; i < 12; i += 1) members.push(await buildMember());
  const typed = (loginId: string, address: string): [string, string][] =>
    Object.entries({ loginId, address, password: 'Chigau-2026' });

  const answers = await Promise.all(
    members.map((member) =>
      answerOf(signIn(asked(emptyContext(), '/login', {}, typed(member.loginId, member.address)))),
    ),
  );

  const busy = answers.filter(({ status }) => status === 503);
  expect(busy.length).toBeGreaterThan(0);
  expect(new Set(busy.map(({ retryAfter }) => retryAfter))).toEqual(new Set(['10']));
  expect(answers.filter(({ status }) => status === 422)).toHaveLength(answers.length - busy.length);
  const [held] = await rows<{ n: number }>('select count(*)::int as n from sign_in_throttles where lease is not null');
  expect(held).toEqual({ n: 0 });
});
