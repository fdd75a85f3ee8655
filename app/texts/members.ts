/** 「利用者管理」. Labels: the customer's document, 「利用者管理」; explanations ours. */
import type { AddMemberRefusal, MailSetupRefusal } from '../../db/stores/members.ts';
import type { DeleteMemberRefusal } from '../../db/stores/member-deletion.ts';
import type { MemberState } from '../../domain/members.ts';
import type { Tone } from '../components/page.tsx';

export const membersTexts = {
  title: '利用者管理',
  lead: (most: number) =>
    `このサイトを利用する方のメールアドレスを、${most}件まで登録できます。追加した方には、パスワードとユーザ名を設定するためのURLをメールでお送りします。`,
  add: '利用者追加',
  address: 'メールアドレス',
  addressHint: '追加する方ご本人のメールアドレスを入力してください。',
  addButton: '追加',
  full: (most: number) => `登録できる利用者は${most}件までです`,
  fullNext: '新しい利用者を追加するには、先に一覧からご利用にならない方を削除してください。',
  list: '利用者一覧',
  total: (total: number) => `全${total}件`,
  number: 'No.',
  userName: 'ユーザ名',
  noUserName: '未設定',
  self: '（あなた）',
  state: '状態',
  actions: '操作',
  until: (endsAt: string) => `設定期限 ${endsAt}`,
  left: (left: string) => `（${left}）`,
  expiredNext: 'メールを再送すると、新しいURLで設定できます。',
  neverMailed: 'パスワード設定依頼メールは、まだ送られていません。「メールを再送」を押すと、お送りします。',
  mailFailed: 'メールをお届けできませんでした。メールアドレスをご確認ください。',
  delete: '削除',
  deleteOf: (address: string) => `${address} を削除`,
  resend: 'メールを再送',
  resendTo: (address: string) => `${address} にメールを再送`,
  lastActive: '利用中の方がほかにいないため、削除できません。',
} as const;

export const memberStates: Record<MemberState, { label: string; tone: Tone }> = {
  active: { label: '利用中', tone: 'success' },
  waiting: { label: '設定待ち', tone: 'info' },
  expired: { label: '設定期限切れ', tone: 'warning' },
};

/** What has just been done, by its word in the address. */
export const memberNotices = {
  added: {
    title: '利用者を追加しました',
    text: 'パスワード設定依頼メールをお送りしました。届いたURLからパスワードとユーザ名が設定されると、「利用中」になります。',
  },
  mailed: {
    title: 'パスワード設定依頼メールを再送しました',
    text: '届いたURLからパスワードとユーザ名が設定されると、「利用中」になります。',
  },
  deleted: {
    title: '利用者を削除しました',
    text: '削除した方と、ほかの利用中の方へメールでお知らせします。同じメールアドレスは、すぐにもう一度追加できます。',
  },
} as const;

/** `not-an-address`: what was typed is none. */
export const addRefusals: Record<
  Exclude<AddMemberRefusal, 'adder-deleted'> | 'not-an-address' | 'missing',
  (most: number) => string
> = {
  missing: () => 'メールアドレスを入力してください',
  'not-an-address': () => 'メールアドレスの形式が正しくありません。例：tanto@example.jp',
  'address-taken': () => 'このメールアドレスは、すでに利用者一覧に登録されています',
  full: (most) =>
    `登録できる利用者は${most}件までです。設定待ちの方も件数に含まれます。先にご利用にならない方を削除してください`,
  'too-many-mails': () =>
    '本日お送りできるパスワード設定依頼メールの上限に達しました。24時間ほど時間をおいて、もう一度お試しください',
};

export const mailRefusals: Record<Exclude<MailSetupRefusal, 'unknown-member'>, { title: string; text: string }> = {
  'not-waiting': {
    title: 'メールを再送しませんでした',
    text: 'この方はすでにパスワードを設定し、ご利用を始めています。',
  },
  'too-many-mails': {
    title: 'メールを再送できませんでした',
    text: '本日お送りできるパスワード設定依頼メールの上限に達しました。24時間ほど時間をおいて、もう一度お試しください。',
  },
};

export const memberDeletionTexts = {
  title: '利用者の削除',
  lead: '次の利用者を削除します。内容をご確認のうえ、ご自身の現パスワードを入力してください。',
  member: '削除する利用者',
  currentPassword: '現パスワード',
  currentPasswordHint: '操作している方ご自身のパスワードです。',
  submit: '削除する',
  back: '利用者管理へ戻る',
  consequences: '削除すると',
  active: [
    'この方は、すぐにログインできなくなります。ログイン中の画面も使えなくなります。',
    'この方が進めていたお手続き（メールアドレス変更など）は取り消されます。',
    'これまでのお申し込みと注文は、そのまま残ります。',
    'この方と、ほかの利用中の方へメールでお知らせします。',
  ],
  invited: ['お送りしたパスワード設定のURLは使えなくなります。', 'この方と、利用中の方へメールでお知らせします。'],
  self: 'ご自身を削除すると、すぐにログアウトし、このメールアドレスではログインできなくなります。',
  refused: '利用者を削除できませんでした',
} as const;

export const deletionRefusals: Record<Exclude<DeleteMemberRefusal, 'unknown-member'> | 'missing', string> = {
  missing: '現パスワードを入力してください',
  'current-password-wrong': '現パスワードが正しくありません',
  'has-to-wait': '現パスワードの誤りが続いたため、しばらく削除できません。15分ほど時間をおいて、もう一度お試しください',
  'last-active':
    '利用中の方がほかにいないため、削除できません。ほかの方がパスワードの設定を終えてから、もう一度お試しください',
};

export const selfDeletedTexts = {
  title: '削除が完了しました',
  lead: 'ご自身の利用者登録を削除し、ログアウトしました。ご利用ありがとうございました。',
  home: 'トップページへ',
} as const;

/** To a member who was deleted while a page of theirs was open. */
export const shutOutTexts = {
  title: '利用者登録が削除されたため、ログアウトしました',
  lead: '貴社の利用者様の「利用者管理」での操作により、お使いの利用者登録が削除されました。入力中の内容は送信されていません。',
  next: 'もう一度追加された場合は、届いたパスワード設定依頼メールのURLから設定してください。お心当たりのない場合は、コンタクトセンタまでご連絡ください。',
} as const;
