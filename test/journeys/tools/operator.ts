/** What an operator reads of one flow in the Temporal UI. */
import type { Page } from '@playwright/test';
import { waitFor } from '../../../scripts/start/wait.ts';

/** Opens what a flow says of itself. @param words that must stand there @throws Error when they don't within 40 s */
export async function seesInTemporal(page: Page, workflowId: string, words: string): Promise<void> {
  const query = `WorkflowId="${workflowId}"`;
  // What was started a moment ago takes one to be listed.
  await waitFor(
    async () => {
      await page.goto(`/namespaces/default/workflows?${new URLSearchParams({ query }).toString()}`);
      await page.getByRole('link', { name: workflowId }).first().click({ timeout: 5000 });
    },
    { withinMs: 40_000 },
  );
  await page.getByText('Event History').first().waitFor();
  await page.getByText('User Metadata', { exact: true }).click();
  // The UI draws what is written in Markdown inside frames.
  await page.locator('iframe').last().contentFrame().getByText(words).waitFor();
}
