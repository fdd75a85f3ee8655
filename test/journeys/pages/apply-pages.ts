/** 見積・注文: the drafts, 入力, 確認, 完了. */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { memberSessions } from '../../../app/auth/browser-sessions.server.ts';
import { submitApplication } from '../../../db/stores/applications.ts';
import { saveDraft } from '../../../db/stores/drafts.ts';
import { takeIn } from '../../../db/stores/intake.ts';
import { keepInput } from '../../../db/stores/kept-inputs.ts';
import { countSubmission } from '../../../db/stores/throttle.ts';
import type { DraftForm } from '../../../domain/application/content.ts';
import { emptyItem, fieldsOf, formOfContent } from '../../../domain/application/draft-form.ts';
import { limits } from '../../../runtime/limits.ts';
import {
  buildContent,
  buildItem,
  buildMember,
  buildMemberSession,
  buildProduct,
  buildVisit,
  jstDay,
  type BuiltMember,
} from '../../support/build.ts';
import { sendButton } from '../tools/order.ts';
import { holdWorker } from '../tools/hold-worker.ts';
import type { RunningSite } from '../tools/running-site.ts';
import { asMember, press, type Opening, type PageState } from './page-state.ts';

export const applyPages: Record<string, PageState[]> = {
  'routes/apply._index': [
    { name: 'no drafts', shows: '保存した下書きはありません。', open: () => asMember('/apply') },
    { name: 'drafts', shows: 'ほか1件', open: () => withDraft({ path: () => '/apply', form: longForm }) },
    { name: 'a draft thrown away', shows: '下書きを削除しました。', open: () => asMember('/apply?deleted=1') },
  ],
  'routes/apply.$draftId': [
    { name: 'new', shows: 'ご登録の情報を入力してあります。', open: () => asMember(`/apply/${randomUUID()}`) },
    { name: 'draft', shows: 'ケーブルアナライザ', open: () => withDraft({ form: longForm }) },
    { name: 'saved', shows: '下書きを保存しました。', open: () => withDraft({ go: press('下書き保存') }) },
    {
      name: 'as many rows as there may be',
      shows: '一度にお申し込みいただける商品は50行までです。',
      open: () => withDraft({ form: fullForm }),
    },
    { name: 'products found', shows: '件の商品が見つかりました', open: () => withSearch('単心分離具') },
    { name: 'many products found', shows: '該当する商品が多いため', open: withManyFound },
    { name: 'no product found', shows: 'に該当する商品が見つかりませんでした。', open: () => withSearch('該当なし') },
    {
      name: 'refused',
      shows: '入力内容をご確認ください',
      status: 422,
      open: async () => ({ ...(await asMember(`/apply/${randomUUID()}`)), go: press('確認画面へ') }),
    },
    {
      name: 'not right any more',
      shows: '入力内容をご確認ください',
      open: () => withDraft({ form: pastForm, path: (id) => `/apply/${id}/confirm` }),
    },
    { name: 'given back after signing in again', shows: 'ログインし直す前に', open: withKeptInput },
  ],
  'routes/apply.$draftId_.confirm': [
    { name: 'to be looked over', shows: 'まだお申し込みは完了していません。', open: () => atConfirm() },
    { name: 'begins soon', shows: 'レンタル開始日が近い商品があります', open: () => atConfirm({ form: soonForm }) },
    { name: 'changed meanwhile', shows: '内容が変わっています', status: 409, open: withChange },
    { name: 'too many at once', shows: 'しばらくお待ちください', status: 429, open: withTooMany },
    { name: 'sent before with another content', shows: 'このお申し込みは送信済みです', status: 409, open: sentBefore },
  ],
  'routes/apply.$draftId_.done': [
    { name: '受付処理中', shows: '受付処理を行っています。', open: (site) => sent({ site }) },
    { name: '受付完了', shows: 'ご注文を受け付けました。', open: () => sent({}) },
    { name: '受付失敗', shows: 'お申し込みを受け付けることができませんでした。', open: () => sent({ refused: true }) },
  ],
};

async function goodForm(): Promise<DraftForm> {
  const { code, name } = await buildProduct();
  return formOfContent(buildContent({ items: [buildItem({ productCode: code, productName: name })] }));
}

/** Every field filled in, several products. */
async function longForm(): Promise<DraftForm> {
  const form = await goodForm();
  const codes = ['DSX2-8000', 'TBS-02', 'FSM-70R', 'OTDR-MM850'];
  const items = codes.map((productCode) => ({ ...emptyItem(), productCode, startsOn: jstDay(5), endsOn: jstDay(40) }));
  return {
    ...form,
    items,
    remarks: '午前中の受け取りを希望します。\n搬入は裏口からお願いします。',
    customerReference: 'PO-2027-000123',
  };
}

const fullForm = async (): Promise<DraftForm> => {
  const form = await goodForm();
  return { ...form, items: Array.from({ length: limits().itemsPerApplication }, () => form.items[0] ?? emptyItem()) };
};

const pastForm = () => withDates(jstDay(-3), jstDay(3));
const soonForm = () => withDates(jstDay(0), jstDay(3));

async function withDates(startsOn: string, endsOn: string): Promise<DraftForm> {
  const form = await goodForm();
  return { ...form, items: form.items.map((item) => ({ ...item, startsOn, endsOn })) };
}

interface DraftWish {
  form?: () => Promise<DraftForm>;
  /** Default: its 入力. */
  path?: (draftId: string) => string;
  go?: (page: Page) => Promise<void>;
}

interface OpenedDraft extends Opening {
  member: BuiltMember;
  draftId: string;
  form: DraftForm;
}

/** A saved draft of a member of its own. */
async function withDraft({ form = goodForm, path = (id) => `/apply/${id}`, go }: DraftWish = {}): Promise<OpenedDraft> {
  const member = await buildMember();
  const draftId = randomUUID();
  const typed = await form();
  await saveDraft(member.memberId, draftId, typed);
  const opening = { path: path(draftId), setCookie: await cookieOf(member), ...(go === undefined ? {} : { go }) };
  return { ...opening, member, draftId, form: typed };
}

const cookieOf = async (member: BuiltMember): Promise<string> =>
  memberSessions().remember((await buildMemberSession(member)).secret);

/** 「検索」 as it works without JavaScript too: by the address. */
async function withSearch(typed: string): Promise<Opening> {
  const form = async () => ({ ...(await goodForm()), items: [{ ...emptyItem(), productCode: typed }] });
  return withDraft({ form, path: (id) => `/apply/${id}?search=0` });
}

async function withManyFound(): Promise<Opening> {
  const { code } = await buildProduct();
  for (let more = 0; more < 20; more += 1) await buildProduct({ name: `${code} 型違い` });
  return withSearch(code);
}

async function withKeptInput(): Promise<Opening> {
  const opened = await withDraft();
  await keepInput(opened.member.memberId, opened.path, fieldsOf(opened.form));
  return opened;
}

const atConfirm = (wish: DraftWish = {}): Promise<OpenedDraft> =>
  withDraft({ path: (id) => `/apply/${id}/confirm`, ...wish });

/** Another tab saves another content while 確認 is open. */
async function withChange(): Promise<Opening> {
  const { member, draftId, form, ...opening } = await atConfirm();
  return {
    ...opening,
    go: async (page) => {
      await saveDraft(member.memberId, draftId, { ...form, remarks: '別のタブで変更しました。' });
      await sendButton(page).click();
    },
  };
}

async function withTooMany(): Promise<Opening> {
  const { member, ...opening } = await atConfirm();
  for (let sent = 0; sent < limits().submissionsPerMinute; sent += 1) await countSubmission(member.memberId);
  return { ...opening, go: (page) => sendButton(page).click() };
}

/** Another tab sent this draft with another content while 確認 is open. */
async function sentBefore(): Promise<Opening> {
  const { member, draftId, form, ...opening } = await atConfirm();
  return {
    ...opening,
    go: async (page) => {
      const items = [buildItem({ productCode: form.items[0]?.productCode ?? '', quantity: 9 })];
      await submitApplication(member, draftId, buildContent({ items }), buildVisit());
      await sendButton(page).click();
    },
  };
}

/** The receipt of a draft that was sent. @param site given: nobody takes it in before the page was looked at */
async function sent({ site, refused = false }: { site?: RunningSite; refused?: boolean }): Promise<Opening> {
  const member = await buildMember();
  const draftId = randomUUID();
  const { code, name } = await buildProduct({ available: !refused });
  const afterwards = site === undefined ? undefined : await holdWorker(site);
  const content = buildContent({ items: [buildItem({ productCode: code, productName: name })] });
  const outcome = await submitApplication(member, draftId, content, buildVisit());
  if (!outcome.ok) throw new Error('the application was not sent');
  if (site === undefined) await takeIn(outcome.value.id);
  const opening = { path: `/apply/${draftId}/done`, setCookie: await cookieOf(member) };
  return afterwards === undefined ? opening : { ...opening, afterwards };
}
