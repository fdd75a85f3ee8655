/** What the relay and the reconciler need to know of each flow: how it is named, begun and told. */
import type { SearchAttributePair } from '@temporalio/common';
import type { SignalDefinition } from '@temporalio/workflow';
import type { OutboxEvent } from '../db/stores/outbox.ts';
import type { Standing } from '../workflows/search-attributes.contract.ts';
import { searchAttributesOf } from '../workflows/search-attributes.contract.ts';
import { taskQueues } from '../workflows/task-queues.contract.ts';

export interface Door {
  workflowType: string;
  workflowId: (rowId: string) => string;
  /** Reads the row and says how its flow is started. @throws when there is no row */
  startOptions: (rowId: string) => Promise<DoorStart>;
  /** The signals of the facts that the outbox can tell this flow; an argument, if any, is the line's subject. */
  facts: Partial<Record<OutboxEvent, SignalDefinition | SignalDefinition<[string]>>>;
}

export interface DoorStart {
  workflowId: string;
  args: [input: object];
  taskQueue: string;
  typedSearchAttributes: SearchAttributePair[];
  staticSummary: string;
}

/** Start options that let an operator read the flow from its first moment, worker or not. `summary`: closed words and numbers only. */
export function startOf(
  workflowId: string,
  input: object,
  standing: Standing,
  summary: (string | null | undefined)[],
): DoorStart {
  return {
    workflowId,
    args: [input],
    taskQueue: taskQueues.site,
    typedSearchAttributes: searchAttributesOf(standing),
    staticSummary: summary.filter((word) => word !== null && word !== undefined).join(' '),
  };
}
