/** Pages of refusal and of faults, by status: what happened, and what to do now. */
export interface ErrorText {
  title: string;
  /** One paragraph each. */
  lines: readonly string[];
}

const unexpected: ErrorText = {
  title: '申し訳ございません。ページを表示できませんでした',
  lines: [
    'システムで問題が発生しました。少し時間をおいて、もう一度お試しください。',
    '繰り返し表示される場合は、お手数ですが、下記の照会番号を添えてコンタクトセンタまでお問い合わせください。',
  ],
};

const texts: Record<number, ErrorText> = {
  400: {
    title: 'リクエストを受け付けられませんでした',
    lines: ['送信された内容を読み取れませんでした。前の画面に戻り、もう一度お試しください。'],
  },
  403: {
    title: 'この操作は受け付けられませんでした',
    lines: [
      '安全のため、送信元を確認できない操作は受け付けておりません。入力された内容は処理されておりません。',
      '画面を長く開いたままにしていた場合や、ブラウザのCookieが無効になっている場合に表示されることがあります。Cookieを有効にしたうえで、もう一度画面を開いてからお試しください。',
    ],
  },
  404: {
    title: 'ページが見つかりませんでした',
    lines: [
      'URLが間違っているか、ページが移動または削除された可能性があります。URLをご確認いただくか、トップページからお探しください。',
    ],
  },
  405: {
    title: 'この操作は受け付けられませんでした',
    lines: ['このページでは行えない操作です。トップページからもう一度お試しください。'],
  },
  409: {
    title: 'ほかの操作が先に行われました',
    lines: ['画面を開き直して、最新の状態をご確認ください。'],
  },
  413: {
    title: '送信された内容が大きすぎます',
    lines: ['一度に送信できる大きさを超えています。入力の行数や文字数を減らして、もう一度お試しください。'],
  },
  414: {
    title: 'URLが長すぎます',
    lines: ['URLをご確認いただくか、トップページからもう一度お試しください。'],
  },
  415: {
    title: 'この形式の送信は受け付けられませんでした',
    lines: ['画面の入力欄とボタンからお申し込みください。'],
  },
  421: {
    title: 'このアドレスではご利用いただけません',
    lines: ['ブックマークまたはご案内のURLから、もう一度アクセスしてください。'],
  },
  429: {
    title: 'アクセスが集中しています',
    lines: ['短い時間に多くのアクセスがありました。1分ほどお待ちいただき、もう一度お試しください。'],
  },
  503: {
    title: 'ただいま大変混み合っています',
    lines: ['申し訳ございません。少し時間をおいて、もう一度お試しください。入力された内容は処理されておりません。'],
  },
};

/** The status text of a 403 that is about the role of a staff person, not about where the request came from. */
export const NOT_YOUR_ROLE = 'not-your-role';

const notYourRole: ErrorText = {
  title: 'この画面は管理者専用です',
  lines: ['担当者の権限では表示できません。必要な場合は、管理者にご依頼ください。'],
};

/** The text of a status; any other one is an unexpected fault. */
export const errorText = (status: number, statusText?: string): ErrorText =>
  statusText === NOT_YOUR_ROLE ? notYourRole : (texts[status] ?? unexpected);

export const errorPageTexts = {
  reference: '照会番号',
  home: 'トップページへ',
} as const;
