/** お客様の取り込み: the names of the file's columns, the steps of the page, and every fault in words. */
import type { RunImportRefusal } from '../../db/stores/customer-imports.ts';
import type { ImportColumn } from '../../domain/customer-import/columns.ts';
import type { ImportFault } from '../../domain/customer-import/faults.ts';
import type { ColumnNames } from '../../domain/customer-import/table.ts';
import { accountLabels } from './staff-customer-data.ts';

export const columnLabels: Record<ImportColumn, string> = {
  loginId: 'ログインID',
  ...accountLabels,
  mailAddress: 'メールアドレス',
  userName: 'ユーザ名',
  passwordHash: 'パスワードハッシュ',
};

export const importColumnNames: ColumnNames = {
  columns: columnLabels,
  clearPassword: ['パスワード', '初期パスワード', '平文パスワード', 'password'],
};

const quoted = (about: string | number | undefined): string =>
  about === undefined || about === '' ? '（空欄）' : `「${about}」`;

/** What is wrong and how to mend it; `about` is a limit, another line or a name, as the fault says. */
const faultTexts: Record<ImportFault['fault'], (about: string | number | undefined) => string> = {
  'file-empty': () => 'ファイルに何も書かれていません。1行目に項目名、2行目からお客様の情報を入れてください。',
  workbook: () =>
    'Excelのブックは読み取れません。Excelで「CSV（コンマ区切り）」または「CSV UTF-8」として保存してください。',
  'utf-16': () => '文字コードがUTF-16です。UTF-8またはShift_JISのCSVとして保存してください。',
  unreadable: () => '文字コードを判別できません。UTF-8またはShift_JISのCSVとして保存してください。',
  'broken-quotes': () =>
    '引用符（"）の使い方が正しくないため、この行から先を読み取れません。引用符の対応をご確認ください。',
  'header-unknown': (about) => `項目名${quoted(about)}は使用できません。下記の項目名をご確認ください。`,
  'header-twice': (about) => `項目名${quoted(about)}が2回以上あります。1つにしてください。`,
  'header-missing': (about) => `項目名${quoted(about)}がありません。必須の項目です。`,
  'header-clear-password': (about) =>
    `項目名${quoted(about)}は取り込めません。パスワードそのものをファイルに含めないでください。`,
  'no-rows': () => '項目名の行だけで、お客様の情報がありません。',
  'too-many-rows': (about) => `一度に取り込めるのは${about}行までです。ファイルを分けてください。`,
  'too-few-cells': (about) => `項目の数が1行目（${about}項目）より少なくなっています。`,
  'too-many-cells': (about) =>
    `項目の数が1行目（${about}項目）より多くなっています。値にコンマを含むときは、引用符（"）で囲んでください。`,
  garbled: () => '文字化けしている文字が含まれています。元のデータをご確認ください。',
  required: () => '入力されていません。必須の項目です。',
  'too-long': (about) => `長すぎます。${about}文字以内にしてください。`,
  'unsafe-character': () => '改行や制御文字など、使用できない文字が含まれています。',
  'login-id-short': () => '短すぎます。4文字以上にしてください。',
  'login-id-long': () => '長すぎます。32文字以内にしてください。',
  'login-id-characters': () => '使用できない文字が含まれています。半角英数字と . _ - だけが使えます。',
  'login-id-beginning': () => '最初の文字は、半角英字または数字にしてください。',
  'postal-code-form': () => '郵便番号の形式が正しくありません。例：100-0001',
  'telephone-form': () =>
    '番号の形式が正しくありません。0から始まる10桁または11桁の番号にしてください。例：03-0000-0000',
  'mail-no-at': () => '「@」がありません。例：tanto@example.jp',
  'mail-several': () => '2件以上のメールアドレスが入っています。1行に1件にしてください。',
  'mail-long': () => '長すぎます。「@」の前は64文字、全体は254文字以内にしてください。',
  'mail-full-width': () => '全角の文字など、メールアドレスに使えない文字が含まれています。',
  'mail-form': () => 'メールアドレスの形式が正しくありません。例：tanto@example.jp',
  'name-with-hash': () => '入力されていません。パスワードハッシュがある行では必須です。',
  'hash-clear-text': () =>
    'ハッシュではありません。パスワードそのものは取り込めません。空欄にすると、ご本人がメールで設定できます。',
  'hash-other-kind': () => 'argon2id以外のハッシュは取り込めません。空欄にすると、ご本人がメールで設定できます。',
  'hash-version': () => 'argon2idのバージョンは19（v=19）だけを取り込めます。',
  'hash-cost': () => 'argon2idの設定は m=19456,t=2,p=1 だけを取り込めます。',
  'hash-salt': () => 'ソルトの長さが正しくありません。16バイトから64バイトにしてください。',
  'hash-digest': () => 'ハッシュ値の長さが正しくありません。32バイトにしてください。',
  'hash-form': () => 'argon2idの形式が正しくありません。例：$argon2id$v=19$m=19456,t=2,p=1$ソルト$ハッシュ値',
  'address-twice': (about) => `同じログインIDの${about}行目と同じメールアドレスです。どちらかを削除してください。`,
  'account-differs': (about) =>
    `同じログインIDの${about}行目と異なります。会社の情報は、すべての行で同じにしてください。`,
  'too-many-members': (about) => `このログインIDの利用者が${about}件を超えます。登録済みの利用者も件数に含まれます。`,
};

/** One fault as staff read it: `12行目「メールアドレス」：…`. */
export function faultText({ line, column, fault, about }: ImportFault): string {
  const where = column === undefined ? `${line}行目` : `${line}行目「${columnLabels[column]}」`;
  return `${where}：${faultTexts[fault](about)}`;
}

export const importTexts = {
  title: 'お客様の取り込み',
  lead: 'これまでのお客様と利用者を、CSVファイルからまとめて登録します。ファイルを選ぶと、まず内容を確認します。この時点では何も登録されません。',
  file: 'CSVファイル',
  fileHint: (rows: number, megabytes: number) =>
    `UTF-8またはShift_JIS、${rows.toLocaleString('ja-JP')}行、${megabytes}MBまで。1行に利用者を1件ずつ入れてください。`,
  check: '内容を確認する',
  fileMissing: 'CSVファイルを選択してください。',
  fileTooLarge: (megabytes: number) => `ファイルが大きすぎます。${megabytes}MB以内に分けてください。`,
  columnsTitle: 'ファイルの項目',
  columnsLead: '1行目に、次の項目名を入れてください。順序は自由です。必須でない項目は、列ごと省略できます。',
  required: '必須',
  columnNotes: {
    loginId: '半角英数字と . _ - で4〜32文字。同じログインIDの行は、同じお客様の利用者になります。',
    company: '100文字以内。同じログインIDの行では、会社の情報をすべて同じにしてください。',
    department: '100文字以内。',
    postalCode: '例：100-0001',
    address: '200文字以内。',
    telephone: '例：03-0000-0000',
    fax: '例：03-0000-0001',
    mailAddress: '1つのログインIDに10件まで。',
    userName: '60文字以内。パスワードハッシュがある行では必須です。',
    passwordHash:
      'argon2id（v=19、m=19456,t=2,p=1）のハッシュ。この利用者は、これまでのパスワードでログインし、最初にパスワードを変更します。空欄の利用者は、メールのURLからパスワードを設定します。',
  } satisfies Record<ImportColumn, string>,
  back: 'お客様一覧へ戻る',
  again: '別のファイルを選ぶ',
} as const;

export const importResultTexts = {
  title: '取り込み内容の確認',
  doneTitle: '取り込みの結果',
  file: 'ファイル名',
  uploadedAt: 'アップロード日時',
  ranAt: '取り込み日時',
  accounts: '新しいお客様',
  members: '新しい利用者',
  withHash: 'うち、これまでのパスワードを引き継ぐ方',
  withoutHash: 'うち、メールでパスワードを設定する方',
  unchanged: '登録済みのため変更しない行',
  people: (count: number) => `${count.toLocaleString('ja-JP')}件`,
  rows: (count: number) => `${count.toLocaleString('ja-JP')}行`,
  ready: '誤りはありませんでした。',
  readyText:
    '「取り込む」を押すと、上の件数のとおりに登録します。登録済みのお客様と利用者は変更しません。メールは送信されません。',
  nothing: '新しく登録する行はありません。すべて登録済みです。',
  run: '取り込む',
  faults: (count: number) => `${count.toLocaleString('ja-JP')}件の誤りがあります`,
  faultsText:
    'このファイルは、まだ取り込めません。次の箇所を直して、もう一度ファイルを選んでください。何も登録されていません。',
  moreFaults: (count: number) => `このほかに${count.toLocaleString('ja-JP')}件の誤りがあります。`,
  done: '取り込みが完了しました',
  doneNext: 'パスワードを引き継がない方へのパスワード設定依頼メールは、お客様一覧から送信できます。',
  gone: 'このファイルの保管期間（24時間）が過ぎました',
  goneText: '何も登録されていません。お手数ですが、もう一度ファイルを選んでください。',
} as const;

export const runRefusals: Record<RunImportRefusal, { title: string; text: string }> = {
  changed: {
    title: '取り込みませんでした',
    text: '確認のあとに登録の状況が変わりました。新しい確認結果を表示しています。内容をご確認のうえ、もう一度「取り込む」を押してください。',
  },
  busy: {
    title: '取り込みませんでした',
    text: 'ほかの取り込み、またはお客様の登録を実行しています。少し時間をおいて、もう一度「取り込む」を押してください。',
  },
  gone: {
    title: '取り込みは行われませんでした',
    text: 'このファイルはすでに取り込まれたか、保管期間が過ぎています。現在の状況をご確認ください。',
  },
  faulty: {
    title: '取り込みませんでした',
    text: 'ファイルに誤りがあります。次の箇所を直して、もう一度ファイルを選んでください。',
  },
};
