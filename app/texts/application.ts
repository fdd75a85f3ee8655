/** The words for an application's parts and results. Source: the customer's document and spec.md, exactly. */
import type { deliveryFields, itemFields, ordererFields } from '../../domain/application/draft-form.ts';
import type { RentalClass } from '../../domain/application/kinds.ts';
import type { ApplicationEvent, Confirmation, Intake } from '../../domain/flows/application.ts';

export { kindLabels } from '../../domain/wording/kinds.ts';

export const rentalClassLabels: Record<RentalClass, string> = { short: '短期', long: '長期' };

/** 申込結果 */
export const intakeLabels: Record<Intake, string> = {
  received: '受付処理中',
  accepted: '受付完了',
  failed: '受付失敗',
};

/** 確認結果, as the customer reads it. */
export const confirmationLabels: Record<Confirmation, string> = {
  arranged: '手配済',
  unable: '手配できませんでした',
};

/** The steps of an application's timeline. */
export const eventLabels: Record<'received' | ApplicationEvent, string> = {
  received: 'お申し込みを受け取りました',
  intakeAccepted: '受付完了',
  intakeRefused: '受付失敗',
  goodsArranged: '手配済',
  goodsUnavailable: '手配できませんでした',
};

export const sectionLabels = {
  kind: '申込内容',
  orderer: '発注者様情報',
  rental: 'レンタル情報',
  deliveries: 'お届け先情報',
  items: 'お届け商品情報',
  others: '備考・貴社注文番号',
} as const;

export const ordererLabels: Record<(typeof ordererFields)[number], string> = {
  company: '会社名',
  department: '部署名',
  person: '担当者名',
  postalCode: '郵便番号',
  address: '住所',
  telephone: '電話番号',
  fax: 'FAX番号',
};

export const deliveryLabels: Record<(typeof deliveryFields)[number], string> = {
  company: '会社名',
  department: '部署名',
  person: '担当者名',
  postalCode: '郵便番号',
  prefecture: '住所 (都道府県)',
  address1: '住所 (以降の住所1)',
  address2: '住所 (以降の住所2)',
  telephone: '電話番号',
  fax: 'FAX番号',
};

export const itemLabels: Record<(typeof itemFields)[number], string> = {
  productCode: '商品コード',
  startsOn: 'レンタル開始日',
  endsOn: 'レンタル終了日',
  quantity: '数量',
  delivery: 'お届け先',
};

export const applicationTexts = {
  rentalClass: 'レンタル区分',
  remarks: '備考',
  customerReference: '貴社注文番号',
  applicationNumber: '申込番号',
  appliedAt: '申込日時',
  kind: '申込種別',
  intake: '申込結果',
  orderNumber: '注文番号',
  confirmation: '確認結果',
  applicant: 'お申し込みされた方',
  period: 'レンタル期間',
  productName: '商品名',
  delivery: (position: number) => `お届け先${position}`,
  item: (position: number) => `商品${position}`,
  days: (days: number) => `${days}日`,
  /** `2027/12/28 ~ 2028/01/29 33日` */
  periodValue: (startsOn: string, endsOn: string, days: number) => `${startsOn} ~ ${endsOn} ${days}日`,
  blank: 'なし',
  /** For what may still come. */
  notYet: '－',
  timeline: 'お申し込みの経過',
  next: '現在の状況',
} as const;

/** The label of a field by its name in the form: `items[1].quantity` is 商品2の数量. */
export function fieldLabel(name: string): string {
  const [, group = '', index, field = ''] = /^(\w+)(?:\[(\d+)\])?\.(\w+)$/.exec(name) ?? [];
  const position = Number(index) + 1;
  switch (group) {
    case 'orderer':
      return `${sectionLabels.orderer}の${ordererLabels[field as keyof typeof ordererLabels]}`;
    case 'deliveries':
      return `${applicationTexts.delivery(position)}の${deliveryLabels[field as keyof typeof deliveryLabels]}`;
    case 'items':
      return `${applicationTexts.item(position)}の${itemLabels[field as keyof typeof itemLabels]}`;
    default:
      return plainLabels[name] ?? name;
  }
}

const plainLabels: Record<string, string> = {
  kind: sectionLabels.kind,
  rentalClass: applicationTexts.rentalClass,
  remarks: applicationTexts.remarks,
  customerReference: applicationTexts.customerReference,
};
