/** Links in mails that lead nowhere any more: what happened, and the next step of each. Source: spec.md, Links in mails; wording ours. */
import type { DeadLink, LinkPurpose } from '../../domain/procedures.ts';

export const deadLinkTitles: Record<DeadLink, string> = {
  expired: 'このURLは有効期限切れです',
  used: 'このURLは使用済みです',
  cancelled: 'このURLは取り消し済みです',
  unknown: '無効なURLです',
};

export const deadLinkLeads: Record<DeadLink, string> = {
  expired: 'メールに記載された有効期限を過ぎたため、このURLはご利用いただけません。',
  used: 'このURLでのお手続きは、すでに完了しています。',
  cancelled: 'お手続きが取り消されたか、新しいお手続きに置き換えられたため、このURLはご利用いただけません。',
  unknown: 'URLが正しくないか、途中で切れている可能性があります。メールに記載されたURL全体を、もう一度開いてください。',
};

/** The way on from a dead link: a page, or the contact center. */
export interface NextStep {
  text: string;
  to: string;
  label: string;
}

const signIn = (text: string): NextStep => ({ text, to: '/login', label: 'ログイン画面へ' });

const askAnew: NextStep = {
  text: 'パスワードの再設定は、もう一度お申し込みいただけます。',
  to: '/password/forgot',
  label: 'パスワードの再設定を申し込む',
};

const setupAnew: NextStep = {
  text: 'パスワード設定依頼メールの再送は、貴社の利用者様が「利用者管理」から行えます。',
  to: '/contact',
  label: 'お問い合わせ',
};

const changeAnew: NextStep = {
  text: 'メールアドレス変更は、ログイン後に「お客様情報設定」からもう一度ご依頼いただけます。',
  to: '/account',
  label: 'お客様情報設定へ',
};

const reportByTelephone: NextStep = {
  text: 'お心当たりのないログインがあった場合は、コンタクトセンタへご連絡ください。',
  to: '/contact',
  label: 'お問い合わせ',
};

const afterUse: Record<LinkPurpose, NextStep> = {
  'password-reset': signIn('新しいパスワードでログインしてください。'),
  'password-setup': signIn('設定したパスワードでログインしてください。'),
  'email-change-request': {
    ...changeAnew,
    text: '変更がお済みでない場合は、新しいメールアドレスに届いた「メールアドレス変更の確認」メールのURLから完了できます。メールが届かない場合は、ログイン後に「お客様情報設定」からもう一度ご依頼ください。',
  },
  'email-change-confirmation': signIn('新しいメールアドレスでログインしてください。'),
  'sign-in-notice': reportByTelephone,
};

const otherwise: Record<LinkPurpose, NextStep> = {
  'password-reset': askAnew,
  'password-setup': setupAnew,
  'email-change-request': changeAnew,
  'email-change-confirmation': changeAnew,
  'sign-in-notice': reportByTelephone,
};

export const nextStepOf = (purpose: LinkPurpose, dead: DeadLink): NextStep =>
  (dead === 'used' ? afterUse : otherwise)[purpose];
