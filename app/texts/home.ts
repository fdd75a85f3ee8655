/** トップページ and お問い合わせ. */
export const homeTexts = {
  notices: 'お知らせ',
  noNotices: '現在、お知らせはありません。',
  welcome: (siteTitle: string) => `${siteTitle}へようこそ`,
  signInLead: '商品のご注文や申込状況のご確認は、ログインしてご利用ください。',
  signIn: 'ログインする',
  menu: 'ご利用メニュー',
  menuLead: {
    '/apply': '計測器などのレンタルをご注文いただけます。',
    '/orders': 'ご注文の内容と、レンタルの状況をご確認いただけます。',
    '/quotes': '見積依頼と、その回答をご確認いただけます。',
    '/account': 'パスワードや利用者などのご登録内容の変更と、申込履歴のご確認ができます。',
    '/faq': 'よくお寄せいただくご質問と、その回答です。',
  } as Record<string, string>,
} as const;

export const contactTexts = {
  title: 'お問い合わせ',
  lead: 'ご不明な点やお困りのことがございましたら、コンタクトセンタまでお電話ください。',
  prepare:
    'お申し込みについてのお問い合わせは、申込番号または注文番号をお手元にご用意いただくと、スムーズにご案内できます。',
  errorReference: 'エラー画面に「照会番号」が表示された場合は、その番号をお知らせください。',
} as const;
