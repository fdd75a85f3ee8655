/** Words of the frame around every page. What names the company comes from the brand, not from here. */
export const frameTexts = {
  skip: '本文へ移動する',
  mainNavigation: 'メインメニュー',
  staffArea: 'スタッフ',
  signIn: 'ログイン',
  signOut: 'ログアウト',
  telephoneLabel: 'お電話でのお問い合わせ',
  politely: (name: string) => `${name} 様`,
  notices: 'お知らせ',
} as const;

export interface NavigationEntry {
  to: string;
  label: string;
}

/** Of a signed-in member, in the document's order; entries whose page doesn't exist are not shown. */
export const memberNavigation: readonly NavigationEntry[] = [
  { to: '/apply', label: '見積・注文' },
  { to: '/orders', label: '注文履歴' },
  { to: '/quotes', label: '見積履歴' },
  { to: '/account', label: 'お客様情報' },
  { to: '/faq', label: 'よくあるご質問' },
];

/** `administrator`: of no use to a 担当者. */
export const staffNavigation: readonly (NavigationEntry & { administrator?: true })[] = [
  { to: '/staff', label: '対応待ち一覧' },
  { to: '/staff/customers', label: 'お客様', administrator: true },
];
