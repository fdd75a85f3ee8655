/** What the stories of a running site have in common. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';

/** Plays a flow to its end through the stores. @returns its workflow id */
export type Story = () => Promise<string>;

/** The relay starts a flow a moment after its row: until then nobody knows it. */
export async function soon(ask: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await ask();
      return;
    } catch (error) {
      if (tries === 50) throw error;
      await sleep(200);
    }
  }
}

/** Resolves once the flow waits, for the `times`th time: else it would find what comes next in its row, and its history would show no event. */
export async function untilItWaits(client: Client, workflowId: string, times = 1): Promise<void> {
  await soon(async () => {
    const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
    const timers = events?.filter((event) => event.timerStartedEventAttributes) ?? [];
    if (timers.length < times) throw new Error('not waiting yet');
  });
}
