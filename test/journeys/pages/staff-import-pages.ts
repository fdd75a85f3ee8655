/** Staff: お客様の取り込み, from the choice of a file to what its import did. */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { staffSessions } from '../../../app/auth/browser-sessions.server.ts';
import { readImportFile } from '../../../app/forms/customer-import.server.ts';
import { rows } from '../../../db/raw.ts';
import { keepImport, planOnSite, runImport } from '../../../db/stores/customer-imports.ts';
import type { StaffSession } from '../../../db/stores/sessions.ts';
import { buildAccount, buildMember, buildStaff, buildStaffSession, buildVisit } from '../../support/build.ts';
import { csvOf, goodHash, importLine } from '../../support/import-file.ts';
import { asAdministrator, closedToCoordinators } from './administrator.ts';
import { whileAnImportRuns } from './held-imports.ts';
import { press, type Opening, type PageState } from './page-state.ts';

const CHOICE = '/staff/customers/import';
const NO_IMPORT = `${CHOICE}/00000000-0000-4000-8000-000000000000`;

export const staffImportPages: Record<string, PageState[]> = {
  'routes/staff.customers.import': [
    { name: 'open', shows: '1行目に、次の項目名を入れてください。', open: () => asAdministrator(CHOICE) },
    {
      name: 'no file',
      shows: 'CSVファイルを選択してください。',
      status: 422,
      open: () => asAdministrator(CHOICE, press('内容を確認する')),
    },
    {
      name: 'too large a file',
      shows: 'ファイルが大きすぎます。5MB以内に分けてください。',
      status: 422,
      open: () => asAdministrator(CHOICE, choosing(Buffer.alloc(5 * 1024 * 1024 + 1, 'x'))),
    },
    closedToCoordinators(CHOICE),
  ],
  'routes/staff.customers.import_.$importId': [
    { name: 'ready', shows: '誤りはありませんでした。', open: () => withImport({ lines: fresh() }) },
    { name: 'straight after the choice', shows: '誤りはありませんでした。', open: () => afterTheChoice() },
    {
      name: 'all there already',
      shows: '新しく登録する行はありません。すべて登録済みです。',
      open: async () => {
        const lines = fresh();
        await withImport({ lines, made: runIt });
        return withImport({ lines });
      },
    },
    { name: 'faults', shows: '4件の誤りがあります', open: () => withImport({ lines: faulty() }) },
    {
      name: 'more faults than are told',
      shows: 'このほかに5件の誤りがあります。',
      open: () =>
        withImport({ lines: Array.from({ length: 205 }, (_, n) => importLine({ loginId: '', company: `会社${n}` })) }),
    },
    { name: 'a workbook', shows: 'Excelのブックは読み取れません。', open: () => withImport({ bytes: WORKBOOK }) },
    { name: 'done', shows: '取り込みが完了しました', open: () => withImport({ lines: fresh(), made: runIt }) },
    {
      name: 'pressed',
      shows: '取り込みが完了しました',
      open: () => withImport({ lines: fresh(), go: press('取り込む') }),
    },
    {
      name: 'run by somebody else meanwhile',
      shows: '取り込みが完了しました',
      open: () => withImport({ lines: fresh(), meanwhile: runIt, go: press('取り込む') }),
    },
    {
      name: 'the site changed meanwhile',
      shows: '確認のあとに登録の状況が変わりました。',
      status: 409,
      open: changedMeanwhile,
    },
    {
      name: 'another one runs',
      shows: 'ほかの取り込み、またはお客様の登録を実行しています。',
      status: 409,
      open: async () => whileAnImportRuns(await withImport({ lines: fresh(), go: press('取り込む') })),
    },
    {
      name: 'gone',
      shows: 'このファイルの保管期間（24時間）が過ぎました',
      open: () => withImport({ lines: fresh(), made: ended }),
    },
    {
      name: 'gone meanwhile',
      shows: 'このファイルはすでに取り込まれたか、保管期間が過ぎています。',
      status: 409,
      open: () => withImport({ lines: fresh(), meanwhile: ended, go: press('取り込む') }),
    },
    {
      name: 'no such import',
      shows: 'ページが見つかりませんでした',
      status: 404,
      open: () => asAdministrator(NO_IMPORT),
    },
    closedToCoordinators(NO_IMPORT),
  ],
};

const WORKBOOK = Buffer.from('504b030414000600', 'hex');

const freshLoginId = (): string => `journey-${randomUUID().slice(0, 8)}`;

/** A customer of two, one of whom brings the password. */
function fresh(loginId = freshLoginId()) {
  return [
    importLine({ loginId, passwordHash: goodHash }),
    importLine({ loginId, mailAddress: `${loginId}@example.jp`, userName: '' }),
  ];
}

const faulty = () => [
  importLine({ loginId: 'abc', company: '' }),
  importLine({ telephone: 'なし', passwordHash: 'Kashi-2026' }),
];

/** Chooses a file and sends it. */
const choosing = (buffer: Buffer) => async (page: Page) => {
  await page.getByLabel('CSVファイル').setInputFiles({ name: 'customers.csv', mimeType: 'text/csv', buffer });
  await press('内容を確認する')(page);
};

function afterTheChoice(): Promise<Opening> {
  return asAdministrator(CHOICE, choosing(Buffer.from(csvOf(fresh()))));
}

interface Kept {
  id: string;
  session: StaffSession;
  bytes: Uint8Array;
}

interface ImportWish {
  lines?: Parameters<typeof csvOf>[0];
  /** Instead of lines. */
  bytes?: Uint8Array;
  /** What happened to it before the page is opened. */
  made?: (kept: Kept) => Promise<unknown>;
  /** What happens while the page is open, before `go`. */
  meanwhile?: (kept: Kept) => Promise<unknown>;
  go?: NonNullable<Opening['go']>;
}

/** An import of this file, on its page. */
async function withImport({ lines = [], bytes = csvOf(lines), made, meanwhile, go }: ImportWish): Promise<Opening> {
  const { secret, session } = await buildStaffSession(await buildStaff({ role: 'administrator' }));
  const id = await keepImport(session, { name: 'customers.csv', bytes }, buildVisit());
  const kept = { id, session, bytes };
  await made?.(kept);
  const opening = { path: `${CHOICE}/${id}`, setCookie: await staffSessions().remember(secret) };
  if (go === undefined) return opening;
  return {
    ...opening,
    go: async (page) => {
      await meanwhile?.(kept);
      await go(page);
    },
  };
}

async function runIt({ id, session, bytes }: Kept): Promise<void> {
  const given = readImportFile(bytes).rows;
  const { digest } = await planOnSite(given);
  const outcome = await runImport(session, id, { given, digest }, buildVisit());
  if (!outcome.ok) throw new Error(`the import was refused: ${outcome.reason}`);
}

const ended = ({ id }: Kept) => rows(`update customer_imports set expires_at = now() where id = $1`, [id]);

function changedMeanwhile(): Promise<Opening> {
  const loginId = freshLoginId();
  const meanwhile = async () =>
    buildMember({ account: await buildAccount({ loginId }), address: `${loginId}@example.jp` });
  return withImport({ lines: fresh(loginId), meanwhile, go: press('取り込む') });
}
