/** Staff: the queue, and one application with its acts. */
import { applyCommand, giveCommand, type StaffAct } from '../../../db/stores/commands.ts';
import { listWaitingApplications } from '../../../db/stores/application-lists.ts';
import type { ApplicationState } from '../../../domain/flows/application.ts';
import { buildApplication, buildStaff, buildVisit } from '../../support/build.ts';
import { holdWorker } from '../tools/hold-worker.ts';
import type { RunningSite } from '../tools/running-site.ts';
import { sessionCookie } from '../tools/session-cookie.ts';
import { press, type Opening, type PageState } from './page-state.ts';

export const staffPages: Record<string, PageState[]> = {
  'routes/staff._index': [
    { name: 'filled', shows: '手配待ち', open: withQueue },
    { name: 'empty', shows: '対応待ちの申込はありません。', open: withEmptyQueue },
  ],
  'routes/staff.applications.$applicationId': [
    { name: 'waits', shows: '手配の結果を登録すると', open: () => withApplication('accepted') },
    { name: '手配済', shows: '手配済にしました。', open: () => withApplication('arranged', { query: '?answered=1' }) },
    {
      name: '手配不可',
      shows: '手配不可にしました。',
      open: () => withApplication('unable', { query: '?answered=1' }),
    },
    { name: '受付失敗', shows: '受付失敗の理由', open: () => withApplication('failed') },
    {
      name: '手配不可 without a reason',
      shows: '手配不可の理由をご入力ください。',
      status: 422,
      open: () => withApplication('accepted', { go: press('手配不可') }),
    },
    { name: '処理中', shows: '処理中です', open: working },
    {
      name: 'a colleague was quicker',
      shows: 'ほかの担当者（または先ほどの操作）によって登録済みです。',
      status: 409,
      open: colleagueWorking,
    },
    {
      name: 'answered meanwhile',
      shows: 'この申込は、すでに対応が終わっています。',
      status: 409,
      open: answeredMeanwhile,
    },
    {
      name: 'no such application',
      shows: 'ページが見つかりませんでした',
      status: 404,
      open: () => asStaff('/staff/applications/A00000000'),
    },
  ],
};

const ARRANGE: StaffAct = { verb: 'arrange' };

const asStaff = async (path: string): Promise<Opening> => ({
  path,
  setCookie: await sessionCookie(await buildStaff()),
});

async function withQueue(): Promise<Opening> {
  await buildApplication({ state: 'accepted' });
  return asStaff('/staff');
}

/** All that waits is arranged, as staff would do it. */
async function withEmptyQueue(): Promise<Opening> {
  const staff = await buildStaff();
  for (const { id } of (await listWaitingApplications(1, 1000)).found) await give(staff, id);
  return { path: '/staff', setCookie: await sessionCookie(staff) };
}

async function give(staff: Parameters<typeof giveCommand>[0], applicationId: string): Promise<void> {
  const given = await giveCommand(staff, applicationId, ARRANGE, buildVisit());
  if (given.ok) await applyCommand(given.value.commandId);
}

interface Wish {
  query?: string;
  go?: NonNullable<Opening['go']>;
}

async function withApplication(state: ApplicationState, { query = '', go }: Wish = {}): Promise<Opening> {
  const { id } = await buildApplication({ state });
  const opening = await asStaff(`/staff/applications/${id}${query}`);
  return go === undefined ? opening : { ...opening, go };
}

/** An act was given, and the worker doesn't get to it. */
async function working(site: RunningSite): Promise<Opening> {
  const { id } = await buildApplication({ state: 'accepted' });
  const afterwards = await holdWorker(site);
  await giveCommand(await buildStaff(), id, ARRANGE, buildVisit());
  return { ...(await asStaff(`/staff/applications/${id}`)), afterwards };
}

/** The same while one's own page still offers the buttons. */
async function colleagueWorking(site: RunningSite): Promise<Opening> {
  const { id } = await buildApplication({ state: 'accepted' });
  const afterwards = await holdWorker(site);
  return {
    ...(await asStaff(`/staff/applications/${id}`)),
    go: async (page) => {
      await giveCommand(await buildStaff(), id, ARRANGE, buildVisit());
      await press('手配済にする')(page);
    },
    afterwards,
  };
}

async function answeredMeanwhile(): Promise<Opening> {
  const { id } = await buildApplication({ state: 'accepted' });
  return {
    ...(await asStaff(`/staff/applications/${id}`)),
    go: async (page) => {
      await give(await buildStaff(), id);
      await press('手配済にする')(page);
    },
  };
}
