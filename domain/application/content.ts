/** What a member applies for, as it was sent: plain values, dates as `YYYY-MM-DD` in Asia/Tokyo. Source: 「発注者様情報」 to 「お届け商品情報」. */
import type { ApplicationKind, RentalClass } from './kinds.ts';

/** 発注者様情報 */
export interface Orderer {
  company: string;
  department: string;
  /** 担当者名 */
  person: string;
  postalCode: string;
  address: string;
  telephone: string;
  fax: string;
}

/** お届け先情報, the same fields as a delivery template. */
export interface Delivery {
  company: string;
  department: string;
  person: string;
  postalCode: string;
  prefecture: string;
  /** 以降の住所1 */
  address1: string;
  /** 以降の住所2 */
  address2: string;
  telephone: string;
  fax: string;
}

/** One row of お届け商品情報. */
export interface ApplicationItem {
  productCode: string;
  productName: string;
  /** First day of the レンタル期間; both ends count. */
  startsOn: string;
  endsOn: string;
  quantity: number;
  /** 1 for お届け先1. */
  delivery: number;
}

export interface ApplicationContent {
  kind: ApplicationKind;
  rentalClass: RentalClass;
  orderer: Orderer;
  deliveries: Delivery[];
  items: ApplicationItem[];
  /** 備考 */
  remarks: string;
  /** 貴社注文番号 */
  customerReference: string;
}

type Typed<T> = { [Key in keyof T]: string };

/** A 下書き: the same form exactly as typed, so that nothing typed is ever lost. */
export interface DraftForm {
  kind: string;
  rentalClass: string;
  orderer: Typed<Orderer>;
  deliveries: Typed<Delivery>[];
  items: Typed<Omit<ApplicationItem, 'productName'>>[];
  remarks: string;
  customerReference: string;
}
