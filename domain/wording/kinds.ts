/** 申込種別 in words, on screens and in letters. Source: the customer's document, 「申込内容」, exactly. */
import type { ApplicationKind } from '../application/kinds.ts';

export const kindLabels: Record<ApplicationKind, string> = {
  quote: '見積依頼',
  order: '注文',
  'quote-and-order': '見積依頼と注文',
  'order-correction': '注文修正',
  'equipment-exchange': '機器交換依頼',
  cancellation: '解約',
};
