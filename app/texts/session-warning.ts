/** Said before a member's session ends for want of use, and afterwards. Times are ours (spec.md, Limits). */
export const sessionWarningTexts = {
  soonTitle: 'まもなく自動的にログアウトします',
  soon: (minutes: number, seconds: number) =>
    `しばらく操作がなかったため、あと${minutes > 0 ? `${minutes}分` : ''}${seconds}秒でログアウトします。ご利用を続ける場合は、「続ける」を押してください。`,
  lastMinutes: (minutes: number, seconds: number) =>
    `ログインしてから長い時間が経ったため、あと${minutes > 0 ? `${minutes}分` : ''}${seconds}秒でログアウトします。この時間は延長できません。入力中の内容がある場合は、今のうちに保存または送信してください。`,
  goOn: '続ける',
  endedTitle: 'ログアウトしました',
  ended: '安全のため、ログインを終了しました。もう一度ログインすると、この画面に戻ります。',
  endedTyped:
    '入力中の内容がある場合は、この案内を閉じて、画面のボタン（保存や送信など）を押してください。ログイン画面に進み、ログイン後に内容が戻ります。',
  signIn: 'もう一度ログインする',
  close: '閉じる',
} as const;
