/** パスワード設定 of an invited member. Source: 「利用者管理」; the page's words are ours. */

export const setupTexts = {
  title: 'パスワードとユーザ名の設定',
  lead: 'ご利用を始めるために、ユーザ名とパスワードを設定してください。',
  facts: 'ご登録内容',
  company: '会社名',
  loginId: 'ログインID',
  address: 'メールアドレス',
  reference: '照合番号',
  expiresAt: '有効期限',
  noteLoginId: 'ログインIDは、ログインの際に必要です。控えておいてください。',
  submit: '設定する',
} as const;

export const setupDoneTexts = {
  title: 'パスワードを設定しました',
  lead: '設定が完了しました。ログインID、メールアドレスと、設定したパスワードでログインしてください。',
  signIn: 'ログイン画面へ',
} as const;
