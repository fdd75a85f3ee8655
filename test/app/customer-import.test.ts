/** お客様の取り込み, page by page as Remix calls it: chosen, looked through, run (spec.md, Migrated customers; security.md S51, S60). */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { action as choose, loader as showChoice } from '../../app/routes/staff.customers.import.tsx';
import { action as run, loader as showImport } from '../../app/routes/staff.customers.import_.$importId.tsx';
import { rows } from '../../db/raw.ts';
import { buildAccount, buildMember } from '../support/build.ts';
import { csvOf, goodHash, importLine, type ImportLine } from '../support/import-file.ts';
import { useStores } from '../support/stores.ts';
import { administratorContext, answerOf, asked, withoutTemporal } from '../support/web.ts';

useStores();
withoutTemporal({ importBytes: 20_000 });

const PAGE = '/staff/customers/import';
const freshLoginId = (): string => `kaisha-${randomUUID().slice(0, 8)}`;

async function post(body: FormData | string, headers: Record<string, string> = {}) {
  const context = await administratorContext();
  const request = new Request(`http://localhost:3000${PAGE}`, { method: 'POST', body, headers });
  return answerOf(choose({ context, params: {}, request }));
}

/** Posts a form with these entries. */
async function upload(entries: [string, string | File][]) {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  return post(form);
}

/** What a browser posts where no file was chosen: Node's own forms can't say it. */
const postNoChoice = () =>
  post(
    [
      '--x',
      'Content-Disposition: form-data; name="file"; filename=""',
      'Content-Type: application/octet-stream',
      '',
      '',
      '--x--',
      '',
    ].join('\r\n'),
    { 'content-type': 'multipart/form-data; boundary=x' },
  );

const fileOf = (bytes: Uint8Array, name = 'customers.csv') => new File([Buffer.from(bytes)], name);

/** Uploads a file. @returns the id of its import */
async function uploaded(lines: readonly ImportLine[], name?: string): Promise<string> {
  const { status, location } = await upload([['file', fileOf(csvOf(lines), name)]]);
  expect(status).toBe(303);
  return location?.slice(`${PAGE}/`.length) ?? '';
}

const page = async (importId: string, posted?: [string, string][]) =>
  asked(await administratorContext(), `${PAGE}/${importId}`, { importId }, posted);
const shown = async (importId: string) => showImport(await page(importId));
const runWith = async (importId: string, posted: [string, string][]) => answerOf(run(await page(importId, posted)));

/** Presses 「取り込む」 on the page as it is shown now. */
async function pressRun(importId: string) {
  const { dry } = await shown(importId);
  return runWith(importId, [['digest', dry?.digest ?? '']]);
}

const membersOf = (loginId: string) =>
  rows<{ address: string }>(
    `select member.address from members member join accounts account on account.id = member.account_id
     where login_id = $1 order by slot`,
    [loginId],
  );

it('the page says how large a file may be', async () => {
  const context = await administratorContext();

  expect(showChoice(asked(context, PAGE, {}))).toEqual({ rows: 5000, megabytes: 0 });
});

it('no file, an empty choice and too large a file are refused with 422; a file as text is none of ours', async () => {
  const tooLarge = fileOf(new Uint8Array(20_001));

  expect(await postNoChoice()).toMatchObject({ status: 422, data: { error: 'CSVファイルを選択してください。' } });
  expect(await upload([])).toMatchObject({ status: 422 });
  expect(await upload([['file', tooLarge]])).toMatchObject({ status: 422 });
  expect(await upload([['file', 'ログインID']])).toMatchObject({ status: 400 });
  expect(await rows(`select from customer_imports`)).toHaveLength(0);
});

it('a good file is looked through first, then run once, however often the button is pressed', async () => {
  const loginId = freshLoginId();
  const lines = [
    importLine({ loginId, passwordHash: goodHash }),
    importLine({ loginId, mailAddress: 'b@example.jp', userName: '' }),
  ];
  const id = await uploaded(lines, 'お客様\u202e.csv');

  const before = await shown(id);
  const none = await membersOf(loginId);
  const first = await runWith(id, [['digest', before.dry?.digest ?? '']]);
  const second = await runWith(id, [['digest', before.dry?.digest ?? '']]);
  const after = await shown(id);

  expect(before).toMatchObject({
    fileName: 'お客様.csv',
    dry: { accounts: 1, members: 2, signInAtOnce: 1, unchanged: 0, faults: [], moreFaults: 0 },
    done: undefined,
  });
  expect(none).toEqual([]);
  const itself = { status: 303, location: `${PAGE}/${id}` };
  expect([first, second]).toMatchObject([itself, itself]);
  expect(await membersOf(loginId)).toHaveLength(2);
  expect(after).toMatchObject({ dry: undefined, done: { accounts: 1, members: 2, unchanged: 0 } });
});

it('faults are told line by line, one and the same once, and such a file is not run', async () => {
  const id = await uploaded([importLine({ loginId: 'abc', company: '' }), importLine({ telephone: 'なし' })]);
  const unnamed = new TextEncoder().encode('ログインID,会社名,メールアドレス,,\n');
  const { location } = await upload([['file', fileOf(unnamed)]]);

  const { dry } = await shown(id);

  expect(dry?.faults.map((fault) => fault.split('：')[0])).toEqual([
    '2行目「ログインID」',
    '2行目「会社名」',
    '3行目「電話番号」',
  ]);
  expect(await pressRun(id)).toMatchObject({ status: 409, data: { refusal: 'faulty' } });
  expect((await shown(location?.slice(`${PAGE}/`.length) ?? '')).dry?.faults).toHaveLength(1);
});

it('of more than two hundred faults the rest is counted', async () => {
  const lines = Array.from({ length: 205 }, (_, n) => `k${n}`);
  const bytes = new TextEncoder().encode(['ログインID,会社名,メールアドレス', ...lines].join('\n'));
  const { location } = await upload([['file', fileOf(bytes)]]);

  const { dry } = await shown(location?.slice(`${PAGE}/`.length) ?? '');

  expect(dry?.faults).toHaveLength(200);
  expect(dry?.moreFaults).toBe(5);
});

it('where the site changed since the page was shown nothing is done, and the page shows what it would do now', async () => {
  const loginId = freshLoginId();
  const id = await uploaded([importLine({ loginId })]);
  const { dry } = await shown(id);
  await buildMember({ account: await buildAccount({ loginId }), address: 'tanto@example.jp' });

  const answer = await runWith(id, [['digest', dry?.digest ?? '']]);

  expect(answer).toMatchObject({ status: 409, data: { refusal: 'changed' } });
  expect((await shown(id)).dry).toMatchObject({ accounts: 0, members: 0, unchanged: 1 });
  expect(await membersOf(loginId)).toHaveLength(1);
});

it('a file whose day is over is gone', async () => {
  const id = await uploaded([importLine({ loginId: freshLoginId() })]);
  const { dry } = await shown(id);
  await rows(`update customer_imports set expires_at = now() where id = $1`, [id]);

  expect(await shown(id)).toMatchObject({ dry: undefined, done: undefined });
  expect(await runWith(id, [['digest', dry?.digest ?? '']])).toMatchObject({ status: 409, data: { refusal: 'gone' } });
});

it('an import that doesn’t exist is 404, a run without what was shown 400', async () => {
  const id = await uploaded([importLine({ loginId: freshLoginId() })]);

  for (const unknown of [randomUUID(), 'x']) {
    expect(await answerOf(shown(unknown))).toMatchObject({ status: 404 });
    expect(await runWith(unknown, [['digest', 'x']])).toMatchObject({ status: 404 });
  }
  expect(await runWith(id, [])).toMatchObject({ status: 400 });
});
