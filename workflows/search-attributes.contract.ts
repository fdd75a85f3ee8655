/** What operators see of every flow without decoding anything, also while no worker runs. Never personal data (S66). */
import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import type { WaitsFor } from '../domain/flows/waits-for.ts';

export const searchAttributes = {
  /** お客様番号 */
  customerNumber: defineSearchAttributeKey('CustomerNumber', 'KEYWORD'),
  /** 申込番号 */
  applicationNumber: defineSearchAttributeKey('ApplicationNumber', 'KEYWORD'),
  /** 注文番号 */
  orderNumber: defineSearchAttributeKey('OrderNumber', 'KEYWORD'),
  /** 申込種別 */
  applicationKind: defineSearchAttributeKey('ApplicationKind', 'KEYWORD'),
  flowState: defineSearchAttributeKey('FlowState', 'KEYWORD'),
  /** The event that led to FlowState; missing until the first. */
  lastEvent: defineSearchAttributeKey('LastEvent', 'KEYWORD'),
  waitsFor: defineSearchAttributeKey('WaitsFor', 'KEYWORD'),
  stateSince: defineSearchAttributeKey('StateSince', 'DATETIME'),
  needsAttention: defineSearchAttributeKey('NeedsAttention', 'BOOL'),
} as const;

/** How a flow stands. What is undefined or null is left as it was. */
export interface Standing {
  customerNumber?: string | null | undefined;
  applicationNumber?: string | null;
  orderNumber?: string | null;
  applicationKind?: string | null;
  flowState: string;
  lastEvent?: string;
  waitsFor: WaitsFor;
  stateSince?: Date;
  needsAttention: boolean;
}

/** The search attributes that tell a standing. */
export function searchAttributesOf(standing: Standing): SearchAttributePair[] {
  const names = Object.keys(searchAttributes) as (keyof typeof searchAttributes)[];
  return names.flatMap((name) => {
    const value = standing[name];
    return value === undefined || value === null ? [] : [{ key: searchAttributes[name], value } as SearchAttributePair];
  });
}
