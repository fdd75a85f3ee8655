/** Staff: the queue and one application. */
export const staffTexts = {
  navigation: 'スタッフのメニュー',
  queue: '対応待ちの申込',
} as const;

export const queueTexts = {
  title: '対応待ちの申込',
  lead: 'お客様がお待ちの申込を、古い順に表示しています。',
  total: (total: number) => `全${total}件`,
  empty: '対応待ちの申込はありません。新しい申込が届くと、ここに表示されます。',
  table: '対応待ちの申込の一覧',
  appliedAt: '申込日時',
  customer: 'お客様',
  kind: '申込種別',
  orderNumber: '注文番号',
  state: '状態',
  waiting: '手配待ち',
  overdue: '期限超過',
  overdueHint: (hours: number) => `「期限超過」は、受付完了から${hours}営業時間を過ぎた申込です。`,
  working: '処理中',
  open: (number: string) => `申込番号 ${number} を開く`,
} as const;

export const staffApplicationTexts = {
  title: '申込の対応',
  back: '対応待ちの申込へ戻る',
  customer: 'お客様',
  customerNumber: 'お客様番号',
  company: '会社名',
  applicant: '申込者',
  telephone: '電話番号',
  actions: '手配の結果',
  actionsLead: '手配の結果を登録すると、お客様にメールでお知らせします。登録後は取り消せません。',
  arrange: '手配済にする',
  decline: '手配不可',
  declineTitle: '手配できない場合',
  reason: '手配不可の理由',
  reasonHint: 'お客様へのメールと画面に、そのまま表示されます。',
  reasonRequired: '手配不可の理由をご入力ください。',
  reasonTooLong: (limit: number) => `手配不可の理由は${limit}文字以内でご入力ください。`,
  reasonUnsafe: '手配不可の理由に使用できない文字が含まれています。入力し直してください。',
  working: '処理中です',
  workingText: (act: string, name: string, at: string) =>
    `${name}さんが${at}に「${act}」を登録しました。結果が反映されるまで、しばらくお待ちください。`,
  reload: '最新の状況を表示する',
  applied: {
    arranged: '手配済にしました。お客様にメールでお知らせします。',
    unable: '手配不可にしました。お客様にメールでお知らせします。',
  },
  refused: {
    'already-given':
      'この申込は、ほかの担当者（または先ほどの操作）によって登録済みです。現在の状況をご確認ください。今回の操作は行っていません。',
    'not-waiting': 'この申込は、すでに対応が終わっています。現在の状況をご確認ください。今回の操作は行っていません。',
  },
  confirmation: { arranged: '手配済', unable: '手配不可' },
  notWaiting: 'この申込は、対応待ちではありません。',
  unableReason: '手配不可の理由',
  intakeReason: '受付失敗の理由',
} as const;
