/** パスワードをお忘れの方: asking for the link, the page behind it, and what comes after. */
export const forgottenTexts = {
  title: 'パスワードをお忘れの方',
  lead: 'ログインIDと、ご登録のメールアドレスを入力してください。パスワードを再設定するためのURLをメールでお送りします。',
  submit: '再設定のメールを送る',
  back: 'ログイン画面へ戻る',
} as const;

export const forgottenFaults: Record<'loginId' | 'address', Record<'required' | 'malformed', string>> = {
  loginId: {
    required: 'ログインIDを入力してください',
    malformed: 'ログインIDは4~32文字の半角英数字と記号 . _ - で入力してください',
  },
  address: {
    required: 'メールアドレスを入力してください',
    malformed: 'メールアドレスを「name@example.jp」のような形で入力してください',
  },
};

/** The same for everybody (S03). */
export const resetAskedTexts = {
  title: 'パスワード再設定を受け付けました',
  lead: '入力された内容がご登録と一致する場合は、ご登録のメールアドレスへメールをお送りします。メールのURLを開いて、新しいパスワードを設定してください。',
  notes: [
    'URLの有効期限は、最初にメールをお送りしてから1時間です。期限内にもう一度お申し込みいただくと、同じURLをお送りします。',
    '再設定が完了するまで、現在のパスワードは変わりません。',
  ],
  missingTitle: 'メールが届かないとき',
  missing: [
    'しばらくお待ちいただき、迷惑メールのフォルダもご確認ください。',
    'ログインIDとメールアドレスの組み合わせに誤りがないか、お確かめください。誤りがあった場合、メールは届きません。',
    '安全のため、メールをお送りする回数には上限があります。続けてお申し込みの場合は、1時間ほどおいてからお試しください。',
  ],
  again: 'もう一度入力する',
  signIn: 'ログイン画面へ',
} as const;

export const resetTexts = {
  title: 'パスワードの再設定',
  lead: '新しいパスワードを入力してください。設定が完了すると、すべての端末やブラウザのログインが終了します。',
  loginId: 'ログインID',
  reference: '照合番号',
  expires: '有効期限',
  submit: 'パスワードを再設定する',
} as const;

export const resetDoneTexts = {
  title: 'パスワードを再設定しました',
  lead: '新しいパスワードでログインしてください。安全のため、すべての端末やブラウザのログインは終了しました。',
  notice:
    '変更のお知らせをメールでお送りします。多要素認証をご利用の場合は、ログイン時にワンタイムパスワードの入力も必要です。',
  signIn: 'ログイン画面へ',
} as const;
