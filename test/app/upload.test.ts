/** A form with a file, up to Remix: taken on one page, from staff, with the token of their browser (security.md S30, S60). */
import { expect, it } from 'vitest';
import { staffSessions, memberSessions } from '../../app/auth/browser-sessions.server.ts';
import { buildChallenge, buildMember, buildMemberSession, buildStaff, buildStaffSession } from '../support/build.ts';
import { useStores } from '../support/stores.ts';
import { gatedSite } from './tools/gated-site.ts';

useStores();
process.env['LIMITS'] = JSON.stringify({ importBytes: 6000, bodyBytes: 2000 });
const { ask, visit, last, passed } = gatedSite();

const PAGE = '/staff/customers/import';
const SIGN_IN = { status: 303, headers: { location: '/staff/login?returnTo=%2Fstaff%2Fcustomers%2Fimport' } };

const cookieIn = (setCookie: string): string => setCookie.split(';')[0] ?? '';
const staffCookie = async () => {
  const { secret } = await buildStaffSession(await buildStaff({ role: 'administrator' }));
  return cookieIn(await staffSessions().remember(secret));
};

type Fields = [string, string | File][];

const file = (bytes = 100) => new File(['x'.repeat(bytes)], '顧客.csv', { type: 'text/csv' });

/** A form with a file as a browser sends it. */
async function upload(fields: Fields, cookie: string, path = PAGE) {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  const drawn = new Response(form);
  const headers = { cookie, 'content-type': drawn.headers.get('content-type') ?? '' };
  return ask({ method: 'POST', path, headers, body: Buffer.from(await drawn.arrayBuffer()) });
}

it('a file of a signed-in staff person reaches the page as it was sent', async () => {
  const { cookie, token } = await visit(PAGE, await staffCookie());

  const answer = await upload(
    [
      ['formToken', token],
      ['file', file()],
    ],
    cookie,
  );

  expect(answer.status).toBe(200);
  expect(last()).toMatchObject({ method: 'POST', url: PAGE });
  expect(last().headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  expect(last().body).toContain('filename="顧客.csv"');
  expect(last().body).toContain('x'.repeat(100));
});

it('S30: without a token, with one of another browser, or with the token as a file, nothing passes', async () => {
  const { cookie } = await visit(PAGE, await staffCookie());
  const other = await visit(PAGE, await staffCookie());
  const before = passed.length;

  const answers = [
    await upload([['file', file()]], cookie),
    await upload(
      [
        ['formToken', other.token],
        ['file', file()],
      ],
      cookie,
    ),
    await upload(
      [
        ['formToken', new File([other.token], 'token')],
        ['file', file()],
      ],
      cookie,
    ),
  ];

  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
  expect(passed).toHaveLength(before);
});

it('whoever is not signed in completely signs in first, and no byte of the file is looked at', async () => {
  const { secret } = await buildChallenge(await buildStaff({ role: 'administrator' }));
  const member = await buildMemberSession(await buildMember());
  const before = passed.length;

  expect(await upload([['file', file()]], '')).toMatchObject(SIGN_IN);
  expect(await upload([['file', file()]], cookieIn(await staffSessions().remember(secret)))).toMatchObject(SIGN_IN);
  expect(await upload([['file', file()]], cookieIn(await memberSessions().remember(member.secret)))).toMatchObject(
    SIGN_IN,
  );
  expect(passed).toHaveLength(before);
});

it.each(['/staff/customers', `${PAGE}/`, `${PAGE}.data`, '/Staff/customers/import', '/login', '/apply'])(
  '%s takes no file from anybody',
  async (path) => {
    const { cookie, token } = await visit(PAGE, await staffCookie());

    const answer = await upload(
      [
        ['formToken', token],
        ['file', file()],
      ],
      cookie,
      path,
    );

    expect(answer.status).toBe(415);
  },
);

it('S60: a file may be as large as the limit, and not much more; of other fields there may be few', async () => {
  const { cookie, token } = await visit(PAGE, await staffCookie());
  const withFile = (bytes: number): Fields => [
    ['formToken', token],
    ['file', file(bytes)],
  ];
  const many = Array.from({ length: 10 }, (_, n): [string, string] => [`f${n}`, '']);

  expect(await upload(withFile(6000), cookie)).toMatchObject({ status: 200 });
  expect(await upload(withFile(8001), cookie)).toMatchObject({ status: 413 });
  expect(await upload([...withFile(1), ...many], cookie)).toMatchObject({ status: 413 });
});

it('what only says that it is a form with a file is answered with 400', async () => {
  const { cookie } = await visit(PAGE, await staffCookie());
  const headers = { cookie, 'content-type': 'multipart/form-data; boundary=x' };

  expect(await ask({ method: 'POST', path: PAGE, headers, body: 'a=b' })).toMatchObject({ status: 400 });
});
