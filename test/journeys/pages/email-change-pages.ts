/** メールアドレス変更: the request, both mailed links in every step, and what they lead to when they are over. */
import type { Page } from '@playwright/test';
import { memberSessions } from '../../../app/auth/browser-sessions.server.ts';
import { rows } from '../../../db/raw.ts';
import { confirmNewAddress, giveNewAddress } from '../../../db/stores/address-switch.ts';
import { cancelEmailChange, requestEmailChange } from '../../../db/stores/email-change.ts';
import { deleteMember } from '../../../db/stores/member-deletion.ts';
import { limits } from '../../../runtime/limits.ts';
import { buildAccount, buildMember, buildVisit, type BuiltMember } from '../../support/build.ts';
import {
  buildGivenChange,
  buildRequestedChange,
  freshAddress,
  type GivenChange,
  type RequestedChange,
} from '../../support/email-change.ts';
import { mailAddress } from '../../support/mail-address.ts';
import { confirmAddress, typeNewAddress } from '../tools/email-change.ts';
import { asMember, press, type Opening, type PageState } from './page-state.ts';

/** As if a day had gone by; the flow notes it later. */
const TIME_IS_OVER = `update links set expires_at = now() - interval '1 second' where member_id = $1 and state = 'open'`;
const NOBODYS_TOKEN = 'A'.repeat(43);

const WRONG_PASSWORD = 'Chigau-2026';

export const emailChangePages: Record<string, PageState[]> = {
  'routes/email-change_.requested': [
    { name: 'asked for', shows: 'メールアドレス変更依頼を受け付けました', open: () => asked() },
    {
      name: 'the longest address',
      shows: 'メールアドレス変更依頼を受け付けました',
      open: () => asked({ address: `${'a'.repeat(60)}@${'b'.repeat(60)}.example.jp` }),
    },
  ],
  'routes/email-change': [
    { name: 'to be filled in', shows: '現パスワードと新しいメールアドレスを入力してください。', open: () => form() },
    {
      name: 'nothing filled in',
      shows: '入力内容をご確認ください（2件）',
      status: 422,
      open: () => form(() => press('確認メールを送信')),
    },
    {
      name: 'no address',
      shows: '新しいメールアドレスの形式が正しくありません。',
      status: 422,
      open: () => form(({ password }) => type(password, 'tanto.example.jp')),
    },
    {
      name: 'wrong password',
      shows: '現パスワードが正しくありません',
      status: 422,
      open: () => form(() => type(WRONG_PASSWORD, freshAddress())),
    },
    { name: 'wrong password too often', shows: '現パスワードの誤りが続いたため', status: 422, open: guessed },
    {
      name: 'the same address',
      shows: '現在のメールアドレスと同じです。',
      status: 422,
      open: () => form(({ password, address }) => type(password, address)),
    },
    {
      name: 'an address of a colleague',
      shows: '貴社のほかの利用者に登録されています。',
      status: 422,
      open: colleagues,
    },
    { name: 'too many mails', shows: '短い時間に多くの確認メールをお送りしたため', status: 422, open: tooManyMails },
    { name: 'dead: expired', shows: 'このURLは有効期限切れです', status: 410, open: () => atRequest(expire) },
    { name: 'dead: used', shows: '新しいメールアドレスに届いた', status: 410, open: () => atRequest(give) },
    { name: 'dead: cancelled', shows: 'このURLは取り消し済みです', status: 410, open: () => atRequest(cancel) },
    {
      name: 'dead: superseded',
      shows: '新しいお手続きに置き換えられたため',
      status: 410,
      open: () => atRequest(askAnew),
    },
    {
      name: 'dead: member deleted',
      shows: 'このURLは取り消し済みです',
      status: 410,
      open: () => atRequest(deleteOneself),
    },
    {
      name: 'dead: nobody’s',
      shows: '無効なURLです',
      status: 404,
      open: () => ({ path: `/email-change?token=${NOBODYS_TOKEN}` }),
    },
    { name: 'dead while it is filled in', shows: 'このURLは取り消し済みです', status: 410, open: cancelledMeanwhile },
  ],
  'routes/email-change_.given': [{ name: 'given', shows: '確認メールを送信しました', open: given }],
  'routes/email-change_.confirm': [
    { name: 'to be confirmed', shows: '次のメールアドレスへの変更を確定します。', open: () => atConfirmation() },
    { name: 'taken meanwhile', shows: 'メールアドレスを変更できませんでした', status: 409, open: takenMeanwhile },
    { name: 'dead: expired', shows: 'このURLは有効期限切れです', status: 410, open: () => atConfirmation(expire) },
    {
      name: 'dead: used',
      shows: '新しいメールアドレスでログインしてください。',
      status: 410,
      open: () => atConfirmation(confirm),
    },
    { name: 'dead: cancelled', shows: 'このURLは取り消し済みです', status: 410, open: () => atConfirmation(cancel) },
    {
      name: 'dead: superseded',
      shows: '新しいお手続きに置き換えられたため',
      status: 410,
      open: () => atConfirmation(askAnew),
    },
    {
      name: 'dead: member deleted',
      shows: 'このURLは取り消し済みです',
      status: 410,
      open: () => atConfirmation(deleteOneself),
    },
    {
      name: 'dead: nobody’s',
      shows: '無効なURLです',
      status: 404,
      open: () => ({ path: `/email-change/confirm?token=${NOBODYS_TOKEN}` }),
    },
  ],
  'routes/email-change_.done': [
    { name: 'signed out', shows: 'ログイン画面へ', open: () => ({ path: '/email-change/done' }) },
    { name: 'signed in', shows: 'お客様情報設定へ', open: () => asMember('/email-change/done') },
  ],
};

async function asked(wish: { address?: string } = {}): Promise<Opening> {
  const { secret } = await buildRequestedChange(await buildMember(wish));
  return { path: '/email-change/requested', setCookie: await memberSessions().remember(secret) };
}

const type = (password: string, newAddress: string) => (page: Page) => typeNewAddress(page, password, newAddress);

/** Behind the link in the old mailbox. @param then what the member does there */
async function form(then?: (member: BuiltMember) => (page: Page) => Promise<void>): Promise<Opening> {
  const member = await buildMember();
  const { requestToken } = await buildRequestedChange(member);
  return { path: `/email-change?token=${requestToken}`, ...(then === undefined ? {} : { go: then(member) }) };
}

async function guessed(): Promise<Opening> {
  const member = await buildMember();
  const { requestToken } = await buildRequestedChange(member);
  const typed = { password: WRONG_PASSWORD, address: mailAddress(freshAddress()) };
  for (let tries = 0; tries < limits().signInFreeFailures; tries += 1)
    await giveNewAddress(requestToken, typed, buildVisit());
  return { path: `/email-change?token=${requestToken}`, go: type(member.password, freshAddress()) };
}

async function colleagues(): Promise<Opening> {
  const account = await buildAccount();
  const member = await buildMember({ account });
  const { address } = await buildMember({ account });
  const { requestToken } = await buildRequestedChange(member);
  return { path: `/email-change?token=${requestToken}`, go: type(member.password, address) };
}

/** Three confirmations went out within the hour, then the fourth change is asked for. */
async function tooManyMails(): Promise<Opening> {
  const member = await buildMember();
  for (let sent = 0; sent < limits().emailChangesPerHour; sent += 1) {
    await buildGivenChange(member);
    await rows(
      `update letters set created_at = created_at - interval '2 hours' where kind = 'email-change-request'
         and subject_id in (select id from procedures where member_id = $1)`,
      [member.id],
    );
  }
  const { requestToken } = await buildRequestedChange(member);
  return { path: `/email-change?token=${requestToken}`, go: type(member.password, freshAddress()) };
}

/** What becomes of a change before its link is opened. */
type Fate = (member: BuiltMember, change: RequestedChange & Partial<GivenChange>) => Promise<unknown>;

const expire: Fate = ({ id }) => rows(TIME_IS_OVER, [id]);
const cancel: Fate = (_, { session }) => cancelEmailChange(session, buildVisit());
const askAnew: Fate = (_, { session }) => requestEmailChange(session, buildVisit());
const deleteOneself: Fate = ({ id, password }, { session }) => deleteMember(session, id, password, buildVisit());
const give: Fate = ({ password }, { requestToken }) =>
  giveNewAddress(requestToken, { password, address: mailAddress(freshAddress()) }, buildVisit());
const confirm: Fate = (_, { confirmationToken = '' }) => confirmNewAddress(confirmationToken, undefined, buildVisit());

/** A member with a colleague, so that deleting oneself is no last one. */
async function memberWithColleague(): Promise<BuiltMember> {
  const account = await buildAccount();
  await buildMember({ account });
  return buildMember({ account });
}

async function atRequest(fate: Fate): Promise<Opening> {
  const member = await memberWithColleague();
  const change = await buildRequestedChange(member);
  await fate(member, change);
  return { path: `/email-change?token=${change.requestToken}` };
}

async function atConfirmation(fate?: Fate): Promise<Opening> {
  const member = await memberWithColleague();
  const change = await buildGivenChange(member);
  await fate?.(member, change);
  return { path: `/email-change/confirm?token=${change.confirmationToken}` };
}

async function cancelledMeanwhile(): Promise<Opening> {
  const member = await buildMember();
  const { requestToken, session } = await buildRequestedChange(member);
  return {
    path: `/email-change?token=${requestToken}`,
    go: async (page) => {
      await cancelEmailChange(session, buildVisit());
      await typeNewAddress(page, member.password, freshAddress());
    },
  };
}

async function given(): Promise<Opening> {
  const member = await buildMember();
  const { requestToken } = await buildRequestedChange(member);
  return { path: `/email-change?token=${requestToken}`, go: type(member.password, freshAddress()) };
}

async function takenMeanwhile(): Promise<Opening> {
  const account = await buildAccount();
  const { confirmationToken, newAddress } = await buildGivenChange(await buildMember({ account }));
  await buildMember({ account, address: newAddress });
  return { path: `/email-change/confirm?token=${confirmationToken}`, go: confirmAddress };
}
