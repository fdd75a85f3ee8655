/** メールアドレス変更: the request on お客様情報設定, and the pages behind its two mailed links. */
import type { NewAddressRefusal } from '../../db/stores/address-switch.ts';

export const emailChangeTexts = {
  title: 'メールアドレス変更',
  address: 'メールアドレス',
  current: '現在のメールアドレス',
  request: 'メールアドレス変更依頼',
  requestLead:
    'ボタンを押すと、現在のメールアドレスに「メールアドレス変更依頼受付」メールをお送りします。メールに記載されたURLから、新しいメールアドレスを入力してください。',
  unreadableTitle: '現在のメールアドレスのメールを受信できない場合',
  unreadable:
    '「利用者管理」で新しいメールアドレスの利用者を追加し、パスワードを設定してから、これまでの利用者を削除してください。削除したメールアドレスは、あとからもう一度追加できます。',
  toMembers: '利用者管理へ',
  tooManyTitle: 'メールアドレス変更のメールを、これ以上お送りできません',
  tooMany: (until: string) =>
    `短い時間に続けてご依頼いただいたため、送信を停止しています。${until} 以降に、もう一度お試しください。お送り済みのメールのURLは、有効期限までご利用いただけます。`,
  reference: '照合番号',
  expires: '有効期限',
  toAccount: 'お客様情報設定へ',
  signIn: 'ログイン画面へ',
} as const;

export const emailChangeRequestedTexts = {
  title: 'メールアドレス変更依頼を受け付けました',
  lead: (address: string) =>
    `${address} 宛に「メールアドレス変更依頼受付」メールをお送りしました。有効期限までにメールのURLを開き、新しいメールアドレスを入力してください。`,
  unchanged: '手続きが完了するまで、メールアドレスは変わりません。',
  missing:
    'メールが届かない場合は、迷惑メールフォルダをご確認ください。「お客様情報設定」の「進行中のお手続き」から、再送や取り消しができます。',
} as const;

export const newAddressTexts = {
  title: '新しいメールアドレスの入力',
  lead: '現パスワードと新しいメールアドレスを入力してください。新しいメールアドレスに、確認用のURLをお送りします。',
  currentPassword: '現パスワード',
  newAddress: '新しいメールアドレス',
  submit: '確認メールを送信',
  unchanged: '確認が完了するまで、これまでのメールアドレスをご利用いただけます。',
} as const;

export const newAddressFaults = {
  currentPassword: '現パスワードを入力してください',
  newAddress: '新しいメールアドレスを入力してください',
  'no-address':
    '新しいメールアドレスの形式が正しくありません。半角英数字で、user@example.jp のような形式で入力してください',
} as const;

/** Which field a refusal blames; null for none: then it stands above the form. */
export const newAddressRefusals: Record<
  NewAddressRefusal,
  { field: 'currentPassword' | 'newAddress' | null; message: string }
> = {
  'current-password-wrong': { field: 'currentPassword', message: '現パスワードが正しくありません' },
  'has-to-wait': {
    field: null,
    message: '現パスワードの誤りが続いたため、しばらく変更できません。15分ほど時間をおいて、もう一度お試しください',
  },
  'address-unchanged': {
    field: 'newAddress',
    message: '現在のメールアドレスと同じです。新しいメールアドレスを入力してください',
  },
  'address-in-account': {
    field: 'newAddress',
    message: 'このメールアドレスは、貴社のほかの利用者に登録されています。別のメールアドレスを入力してください',
  },
  'too-many': {
    field: null,
    message:
      '短い時間に多くの確認メールをお送りしたため、送信を停止しています。1時間ほど時間をおいて、もう一度お試しください',
  },
};

export const addressGivenTexts = {
  title: '確認メールを送信しました',
  lead: (address: string) =>
    `${address} 宛に「メールアドレス変更の確認」メールをお送りしました。有効期限までにメールのURLを開き、「このメールアドレスに変更する」を押すと、変更が完了します。`,
  missing:
    'メールが届かない場合は、迷惑メールフォルダをご確認ください。メールアドレスを間違えたときは、ログイン後に「お客様情報設定」から、もう一度「メールアドレス変更依頼」を行ってください。',
} as const;

export const addressConfirmationTexts = {
  title: 'メールアドレス変更の確認',
  lead: '次のメールアドレスへの変更を確定します。内容をご確認のうえ、ボタンを押してください。',
  submit: 'このメールアドレスに変更する',
  consequences: '変更すると、安全のため、ほかの端末やブラウザのログインは終了します。',
} as const;

export const addressTakenTexts = {
  title: 'メールアドレスを変更できませんでした',
  lead: '確認をお待ちしている間に、貴社のほかの利用者に同じメールアドレスが登録されました。これまでのメールアドレスを、引き続きご利用いただけます。',
  next: '別のメールアドレスに変更する場合は、ログイン後に「お客様情報設定」から、もう一度ご依頼ください。',
} as const;

export const addressSwitchedTexts = {
  title: 'メールアドレスを変更しました',
  lead: '次回から、新しいメールアドレスでログインしてください。ログインIDとパスワードは変わりません。',
  told: '変更のお知らせを、新旧両方のメールアドレスにお送りします。安全のため、ほかの端末やブラウザのログインは終了しました。',
} as const;
