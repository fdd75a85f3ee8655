/** Staff: the list of customers, one customer, and what can be done there. */
import type { CustomerFilter } from '../../db/stores/customers.ts';
import type { MemberActRefusal } from '../../db/stores/customer-acts.ts';
import type { MemberAct } from '../../domain/customer-acts.ts';

export const customersTexts = {
  title: 'お客様',
  lead: 'ご契約のお客様と利用者を検索し、ログインに関するご依頼に対応します。',
  search: '検索',
  searchHint: 'お客様番号、ログインID、会社名、メールアドレスの一部で検索できます。',
  filter: '絞り込み',
  submit: '検索',
  total: (total: number) => `全${total.toLocaleString('ja-JP')}件`,
  table: 'お客様の一覧',
  customerNumber: 'お客様番号',
  company: '会社名',
  loginId: 'ログインID',
  members: '利用者',
  membersOf: (active: number, members: number) => `利用中${active}件／全${members}件`,
  lockedOut: '利用中の方がいません',
  neverMailed: (count: number) => `メール未送信${count}件`,
  mfaRequired: '多要素認証必須',
  open: (customerNumber: string, company: string) => `お客様番号 ${customerNumber} ${company} を開く`,
  nothingFound:
    '条件に合うお客様は見つかりませんでした。検索する文字を減らすか、絞り込みを「すべて」にしてお試しください。',
  empty: 'お客様はまだ登録されていません。「お客様を登録する」または「CSVファイルから取り込む」で登録してください。',
  create: 'お客様を登録する',
  import: 'CSVファイルから取り込む',
} as const;

export const customerFilterLabels: Record<CustomerFilter, string> = {
  all: 'すべて',
  'locked-out': '利用中の方がいないお客様',
  'never-mailed': 'パスワード設定依頼メールが未送信の利用者がいるお客様',
};

export const neverMailedTexts = {
  title: (count: number) => `パスワード設定依頼メールを送っていない利用者が${count.toLocaleString('ja-JP')}件あります`,
  text: 'ファイルから取り込んだ利用者のうち、パスワードを引き継がない方です。メールを送るまで、ご本人はパスワードを設定できません。',
  submit: 'パスワード設定依頼メールを送る',
} as const;

export const everyoneTexts = {
  title: 'すべてのお客様への操作',
  lead: '不正アクセスが疑われるときなどに、すべてのお客様のすべての利用者に対して行います。',
  acts: {
    'end-every-session': {
      label: '全員をログアウトさせる',
      text: 'ログイン中の画面がすべて使えなくなります。入力の途中だった内容は、ログインし直すと戻ります。',
    },
    'require-every-password-change': {
      label: '全員にパスワード変更を求める',
      text: '次の操作から、パスワードを変更するまで、ほかの画面を使えなくなります。',
    },
  },
  act: '操作',
  confirm: 'すべてのお客様が対象であることを確認しました',
  submit: '全員に実行する',
  actMissing: '操作を選択してください',
  confirmMissing: 'すべてのお客様が対象であることを確認し、チェックを入れてください',
} as const;

/** What has just been done on the list, by its word in the address. */
export const customersNotices = {
  mailed: (count: number, left: number) => ({
    title: `パスワード設定依頼メールを${count}件送信しました`,
    text: left === 0 ? '未送信の利用者はいなくなりました。' : `未送信の利用者が、あと${left}件あります。`,
  }),
  'end-every-session': (count: number) => ({
    title: '全員をログアウトさせました',
    text: `ログイン中だったブラウザは${count}件です。`,
  }),
  'require-every-password-change': (count: number) => ({
    title: '全員にパスワード変更を求めました',
    text: `新たに対象になった利用者は${count}件です。`,
  }),
} as const;

export const customerTexts = {
  title: 'お客様の詳細',
  back: 'お客様一覧へ戻る',
  edit: 'お客様情報を変更する',
  none: '未登録',
  members: '利用者',
  membersLead: '利用者を選び、操作を選んで「実行する」を押してください。',
  choose: '対象の利用者',
  noMembers: '利用者は登録されていません。',
  noName: 'ユーザ名未設定',
  mfaOn: '多要素認証を利用',
  mustChange: 'パスワード変更待ち',
  sessions: (count: number) => `ログイン中${count}件`,
  waits: '入力誤りのため待機中',
  neverMailed: 'メール未送信',
  mailFailed: 'メール不達',
  setupUntil: (until: string) => `設定期限 ${until}`,
  act: '操作',
  identified: 'お電話で、ご本人であることを確認しました',
  identifiedHint: '「多要素認証を「利用しない」にする」を選んだときは必須です。',
  submit: '実行する',
  lockedOut: '利用中の方がいません',
  lockedOutText:
    'どなたもログインできない状態です。設定待ちの方にメールを再送するか、お電話でご本人を確認したうえで、利用者を追加してください。',
  refused: '操作を完了できませんでした',
} as const;

export const memberActTexts: Record<MemberAct, { label: string; text: string }> = {
  'end-sessions': { label: 'ログアウトさせる', text: 'ログイン中の画面が、すぐに使えなくなります。' },
  'require-password-change': {
    label: 'パスワード変更を求める',
    text: '次の操作から、パスワードを変更するまで、ほかの画面を使えなくなります。',
  },
  unlock: {
    label: 'ログインの待機を解除する',
    text: 'パスワードやワンタイムパスワードの入力誤りが続いたときの待ち時間をなくします。パスワードは変わりません。',
  },
  'mail-setup': {
    label: 'パスワード設定依頼メールを送る',
    text: 'まだパスワードを設定していない方に送ります。有効なURLがあれば、同じURLを再送します。',
  },
  'turn-mfa-off': {
    label: '多要素認証を「利用しない」にする',
    text: 'メールを受け取れず、ログインできない方のための操作です。ご本人にメールでお知らせします。',
  },
};

/** What was done, where it was done for somebody. */
const memberActDone: Record<MemberAct, string> = {
  'end-sessions': 'ログアウトさせました',
  'require-password-change': 'パスワード変更を求めました',
  unlock: 'ログインの待機を解除しました',
  'mail-setup': 'パスワード設定依頼メールを送信しました',
  'turn-mfa-off': '多要素認証を「利用しない」にしました',
};

/** Why an act did nothing for some of those chosen. */
const leftReasons: Record<MemberAct, string> = {
  'end-sessions': 'この操作の対象ではないため、変更していません。',
  'require-password-change': 'パスワードをまだ設定していないため、変更していません。',
  unlock: 'この操作の対象ではないため、変更していません。',
  'mail-setup': 'すでにパスワードを設定しているか、24時間に送信できるメールの上限に達しているため、送信していません。',
  'turn-mfa-off': 'すでに「利用しない」のため、変更していません。',
};

/** `left`: those chosen whom the act had nothing to do for. */
export function actedText({ act, acted, left }: { act: MemberAct; acted: number; left: number }): {
  title: string;
  text: string;
} {
  const done = `対象の利用者は${acted}件です。`;
  return {
    title: acted === 0 ? customerNotices.unchanged.title : memberActDone[act],
    text: left === 0 ? done : `${done}残りの${left}件は、${leftReasons[act]}`,
  };
}

export const customerNotices = {
  created: {
    title: 'お客様を登録しました',
    text: '利用者はまだ登録されていません。下の「利用者の追加」で、最初の方を追加してください。',
  },
  'created-mailed': {
    title: 'お客様を登録しました',
    text: '最初の利用者に、パスワード設定依頼メールを送信しました。',
  },
  edited: { title: 'お客様情報を変更しました', text: '次に開かれる申込の入力画面から、新しい内容が表示されます。' },
  added: {
    title: '利用者を追加しました',
    text: 'パスワード設定依頼メールを送信しました。利用中の方がいる場合は、追加したことをメールでお知らせします。',
  },
  'mfa-required': {
    title: '多要素認証を必須にしました',
    text: '利用中の方にメールでお知らせします。ワンタイムパスワードを使わずにログインしていた方は、ログアウトしました。',
  },
  'mfa-released': {
    title: '多要素認証の必須を解除しました',
    text: '利用中の方にメールでお知らせします。お一人ずつの設定に戻ります。',
  },
  unchanged: { title: '変更はありませんでした', text: 'すでに、その設定になっています。' },
} as const;

export const rescueTexts = {
  title: '利用者の追加',
  lead: 'どなたもログインできないお客様のために、弊社で利用者を追加します。お電話でご本人を確認してから行ってください。通常は、お客様が「利用者管理」で追加します。',
  address: '追加するメールアドレス',
  identified: 'お電話で、ご契約のお客様ご本人であることを確認しました',
  submit: '追加する',
  full: (most: number) => `利用者が${most}件登録されているため、追加できません。`,
} as const;

export const forcedMfaTexts = {
  title: '多要素認証の必須設定',
  off: 'いまは、お一人ずつの設定です。必須にすると、このお客様の全員が、ログインのたびにワンタイムパスワードを入力します。',
  on: 'いまは、全員が必須です。解除すると、お一人ずつの設定に戻ります。',
  require: '必須にする',
  release: '必須を解除する',
} as const;

export const customerFaults = {
  'members-missing': '対象の利用者を選択してください',
  'act-missing': '操作を選択してください',
  'not-identified': 'お電話でご本人を確認し、チェックを入れてください',
} as const;

export const memberActRefusals: Record<MemberActRefusal, string> = {
  'member-gone': '選択した利用者が、先に削除されました。何も変更していません。現在の利用者をご確認ください。',
  'mfa-required':
    'このお客様では多要素認証が必須です。先に「必須を解除する」を押してから、もう一度お試しください。何も変更していません。',
};
