/** Words that every form has in common. */
export const formTexts = {
  required: '※必須',
  summary: (count: number) => `入力内容をご確認ください（${count}件）`,
  showPassword: 'パスワードを表示する',
  choose: '選択してください',
} as const;
