/** The histories that scripts/record-histories.ts wrote, and what they show of their flows. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Edge } from '../../domain/flows/state-table.ts';

const FOLDER = fileURLToPath(new URL('histories', import.meta.url));

interface Fields {
  indexedFields?: Record<string, { data: string }>;
}

export interface CommittedHistory {
  events: {
    workflowExecutionStartedEventAttributes?: { workflowType: { name: string }; searchAttributes?: Fields };
    upsertWorkflowSearchAttributesEventAttributes?: { searchAttributes?: Fields };
  }[];
}

export const committedHistories: { name: string; text: string; history: CommittedHistory }[] = readdirSync(FOLDER).map(
  (file) => {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    return { name: file.replace('.json', ''), text, history: JSON.parse(text) as CommittedHistory };
  },
);

/** The name of a flow, and the edges of its table that it went over, as its search attributes tell. */
export function edgesWalked({ events }: CommittedHistory): { flow: string; edges: Edge[] } {
  const started = events[0]?.workflowExecutionStartedEventAttributes;
  const shown = decode(started?.searchAttributes);
  const edges: Edge[] = [];
  for (const { upsertWorkflowSearchAttributesEventAttributes: upsert } of events) {
    if (upsert === undefined) continue;
    const from = shown['FlowState'];
    Object.assign(shown, decode(upsert.searchAttributes));
    const { FlowState: to, LastEvent: event } = shown;
    if (from !== undefined && to !== undefined && event !== undefined && from !== to) edges.push({ from, event, to });
  }
  return { flow: started?.workflowType.name ?? '', edges };
}

function decode(attributes: Fields | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes?.indexedFields ?? {}).map(([name, { data }]) => [name, String(JSON.parse(unpack(data)))]),
  );
}

/** Every payload of a history, decoded: what an operator could read in it. */
export function payloadsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { data } = value as { data?: unknown };
  if (typeof data === 'string') return [unpack(data)];
  return Object.values(value).flatMap(payloadsOf);
}

const unpack = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');
