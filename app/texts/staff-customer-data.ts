/** Staff: a customer registered or changed by hand. Labels of the fields: spec.md, Fields. */
import type { AccountFault, AccountField } from '../../domain/account-data.ts';
import type { LoginIdFault } from '../../domain/login-id.ts';

export const accountLabels: Record<AccountField, string> = {
  company: '会社名',
  department: '部署名',
  postalCode: '郵便番号',
  address: '住所',
  telephone: '電話番号',
  fax: 'FAX番号',
};

export const accountHints: Partial<Record<AccountField, string>> = {
  postalCode: '例：100-0001',
  telephone: '例：03-0000-0000',
};

export const newCustomerTexts = {
  title: 'お客様の登録',
  lead: 'ご契約のお客様を1社ずつ登録します。お客様番号は、登録すると自動で付きます。これまでのお客様をまとめて登録するときは、CSVファイルから取り込んでください。',
  customer: 'お客様情報',
  loginId: 'ログインID',
  loginIdHint: '半角英数字と . _ - で4〜32文字。登録したあとは変更できません。',
  member: '最初の利用者（任意）',
  memberLead:
    'メールアドレスを入力すると、その方にパスワード設定依頼メールをお送りします。空欄のまま登録して、あとから追加することもできます。',
  mailAddress: 'メールアドレス',
  submit: '登録する',
  refused: '登録できませんでした',
  importRuns: 'お客様の取り込みを実行しています。少し時間をおいて、もう一度「登録する」を押してください。',
  taken: (customerNumber: string) => `このログインIDは、お客様番号 ${customerNumber} のお客様が使用しています`,
  openTaken: (customerNumber: string) => `お客様番号 ${customerNumber} を開く`,
  back: 'お客様一覧へ戻る',
} as const;

export const customerEditTexts = {
  title: 'お客様情報の変更',
  lead: 'お客様の「見積・注文」の入力画面に、ここで登録した内容が表示されます。すでに送信された申込の内容は変わりません。',
  customer: 'お客様情報',
  submit: '変更する',
  back: '変更せずに戻る',
  conflict: 'まだ変更していません',
  conflictLines: [
    'この画面を開いたあとに、ほかの担当者がお客様情報を変更しました。',
    '次の内容をご確認ください。よろしければ、もう一度「変更する」を押してください。',
  ],
  conflictTitle: 'ほかの担当者が変更した項目',
  seen: '画面を開いたとき',
  current: '現在の登録',
  typed: '入力された内容',
  blank: '（空欄）',
  merged: '下の入力欄には、あなたが書き換えた項目は入力された内容を、それ以外の項目は現在の登録を表示しています。',
} as const;

/** What is wrong with a field and how to put it right. */
export const customerDataFaults: Record<
  AccountFault | Exclude<LoginIdFault, 'required'>,
  (label: string, limit: number) => string
> = {
  required: (label) => `${label}を入力してください`,
  'too-long': (label, limit) => `${label}は${limit}文字以内で入力してください`,
  'unsafe-character': (label) => `${label}に使用できない文字が含まれています。入力し直してください`,
  'postal-code-form': (label) => `${label}は7桁の数字で入力してください。例：100-0001`,
  'telephone-form': (label) => `${label}は0から始まる10桁または11桁の数字で入力してください。例：03-0000-0000`,
  'login-id-short': (label) => `${label}は4文字以上で入力してください`,
  'login-id-long': (label) => `${label}は32文字以内で入力してください`,
  'login-id-characters': (label) => `${label}に使えるのは、半角英数字と . _ - だけです`,
  'login-id-beginning': (label) => `${label}の最初の文字は、半角英字または数字にしてください`,
};
