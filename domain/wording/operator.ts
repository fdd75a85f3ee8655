/** What an operator who reads a flow in the Temporal UI can do about it. Commands stand in docs/runbook. */

/** Of a flow that only waits for its person: a code, a reset, set-up, change of address. */
export const waitingAdvice = '利用者の操作を待つだけの手続きです。運用担当者の操作は不要です。';

export const letterAdvice = {
  onItsWay: '一時的に送信できない場合は自動で再送します。運用担当者の操作は不要です。',
  parked: '宛先またはメールサーバを確認し、Update「retry」で再送、または「giveUp」で取りやめてください。',
};

export const applicationAdvice = {
  onItsWay: '運用担当者の操作は不要です。',
  intakeStuck:
    '受付処理がデータベースの障害などで進んでいません。復旧すると自動で再開します。データベースとワーカーを確認してください。',
  overdue: 'スタッフの回答が遅れています。コンタクトセンタへ確認してください。',
};
