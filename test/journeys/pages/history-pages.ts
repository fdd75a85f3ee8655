/** お客様情報: 「申込履歴」 and the applications in it. */
import { firstRow } from '../../../db/raw.ts';
import { memberSessions } from '../../../app/auth/browser-sessions.server.ts';
import { inTransaction } from '../../../db/connect.ts';
import { openSession } from '../../../db/stores/sessions.ts';
import type { ApplicationState } from '../../../domain/flows/application.ts';
import { buildApplication, buildMember, buildVisit } from '../../support/build.ts';
import { holdWorker } from '../tools/hold-worker.ts';
import type { RunningSite } from '../tools/running-site.ts';
import { sessionCookie } from '../tools/session-cookie.ts';
import { demo } from '../tools/sign-in.ts';
import { asMember, type Opening, type PageState } from './page-state.ts';

const LIST = '/account/applications';

export const historyPages: Record<string, PageState[]> = {
  'routes/account.applications._index': [
    { name: 'none yet', shows: 'お申し込みはまだありません。', open: () => asMember(LIST) },
    { name: 'in every state', shows: '手配できませんでした', open: () => asDemo(`${LIST}?confirmation=unable`) },
    {
      name: 'second page, sorted',
      shows: '2 / 2ページ',
      open: () => asDemo(`${LIST}?sort=order-number&direction=up&page=2`),
    },
    {
      name: 'nothing found',
      shows: '条件に合うお申し込みはありませんでした。',
      open: () => asDemo(`${LIST}?orderNumber=999999999999`),
    },
    {
      name: 'filters that can not be used',
      shows: '一部の条件を使用できませんでした',
      open: () => asDemo(`${LIST}?kind=x&confirmation=x&from=2027-02-30&to=x&orderNumber=abc`),
    },
  ],
  'routes/account.applications.$applicationNumber': [
    { name: '受付処理中', shows: '受付処理を行っています', open: (site) => withApplication('received', site) },
    { name: '受付完了', shows: '弊社での商品の手配を待っています', open: () => withApplication('accepted') },
    {
      name: '受付失敗',
      shows: 'ご指定の商品は、お取り扱いを終了しております。',
      open: () => withApplication('failed'),
    },
    { name: '手配済', shows: '商品の手配が完了しました', open: () => withApplication('arranged') },
    { name: '手配不可', shows: '理由：在庫がございません', open: () => withApplication('unable') },
    {
      name: 'of another customer',
      shows: 'ページが見つかりませんでした',
      status: 404,
      open: async () => asMember(`${LIST}/${(await buildApplication({ state: 'accepted' })).applicationNumber}`),
    },
  ],
};

/** The demo's member with applications in every state. */
async function asDemo(path: string): Promise<Opening> {
  const member = await firstRow<{ id: string }>('select id from members where address = $1', [demo.plain.address]);
  if (member === undefined) throw new Error('no demo data');
  const { secret } = await inTransaction((tx) =>
    openSession(tx, { kind: 'member', id: member.id }, { stage: 'full' }, buildVisit()),
  );
  return { path, setCookie: await memberSessions().remember(secret) };
}

async function withApplication(state: ApplicationState, site?: RunningSite): Promise<Opening> {
  const member = await buildMember();
  const afterwards = site === undefined ? undefined : await holdWorker(site);
  const { applicationNumber } = await buildApplication({ member, state });
  const opening = { path: `${LIST}/${applicationNumber}`, setCookie: await sessionCookie(member) };
  return afterwards === undefined ? opening : { ...opening, afterwards };
}
