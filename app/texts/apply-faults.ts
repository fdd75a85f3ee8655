/** What is wrong with a field of the order form and how to put it right, one sentence each. */
import type { ApplyFault } from '../forms/apply-faults.ts';

type Wording = (label: string, limit: number) => string;

export const applyFaultWording: Record<ApplyFault, Wording> = {
  required: (label) => `${label}をご入力ください。`,
  choose: (label) => `${label}をお選びください。`,
  'too-long': (label, limit) => `${label}は${limit}文字以内でご入力ください。`,
  'unsafe-character': (label) => `${label}に使用できない文字が含まれています。入力し直してください。`,
  'postal-code-form': (label) => `${label}は7桁の数字でご入力ください（例：261-0023）。`,
  'telephone-form': (label) => `${label}は0から始まる10桁または11桁の数字でご入力ください（例：03-1234-5678）。`,
  'product-unknown': (label) => `${label}に該当する商品が見つかりません。「検索」ボタンで商品をお探しください。`,
  'product-discontinued': (label) => `${label}の商品は、お取り扱いを終了しております。別の商品をお選びください。`,
  'date-unreal': (label) => `${label}は実在する日付をご入力ください（例：2027/12/28）。`,
  'ends-before-start': (label) => `${label}はレンタル開始日以降の日付をご入力ください。`,
  'starts-before-today': (label) => `${label}は本日以降の日付をご入力ください。`,
  'rental-too-long': (label) => `${label}をご確認ください。レンタル期間は5年以内でお申し込みいただけます。`,
  'quantity-range': (label) => `${label}は1から999までの数字でご入力ください。`,
  'items-none': () => 'お届け商品を1つ以上ご入力ください。',
  'items-too-many': (_label, limit) => `お届け商品は${limit}行までご入力いただけます。行を減らしてお申し込みください。`,
};
