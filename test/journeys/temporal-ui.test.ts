/** What an operator reads in the Temporal UI, with the worker up and with the worker gone. */
import type { Page } from '@playwright/test';
import { beforeAll, expect, test } from 'vitest';
import { waitFor } from '../../scripts/start/wait.ts';
import { searchAttributes } from '../../workflows/search-attributes.contract.ts';
import type { ApplicationDetail } from '../../db/stores/applications.ts';
import { buildApplication } from '../support/build.ts';
import { useChromium } from './tools/use-chromium.ts';
import { holdWorker } from './tools/hold-worker.ts';
import { runningSite } from './tools/running-site.ts';

const site = runningSite();
const visitor = useChromium();
let application: ApplicationDetail;

beforeAll(async () => {
  // The relay finds its line in the outbox and starts the flow.
  application = await buildApplication({ state: 'accepted' });
});

test('the list, filtered by customer and state, tells everything that matters in its columns', async () => {
  const { page } = await visitor({ origin: site.temporalUi, width: 1900 });
  await openList(page);

  await page.getByTestId('workflows-summary-table-configuration-button').click();
  for (const { name } of Object.values(searchAttributes)) {
    await page.getByRole('button', { name: `Add ${name} column` }).click();
  }
  await page.keyboard.press('Escape');

  const row = page.getByRole('row', { name: /application\// });
  await row.getByText(application.orderNumber ?? '').waitFor();
  expect(await row.count()).toBe(1);
  const words = await row.innerText();
  for (const told of [
    application.customerNumber,
    application.applicationNumber,
    'order',
    'accepted',
    'staff',
    'false',
  ]) {
    expect(words).toContain(told);
  }
});

test('the flow itself tells in Japanese what it waits for and what to do', async () => {
  const { page } = await visitor({ origin: site.temporalUi });
  await openFlow(page);

  await page.getByText('User Metadata', { exact: true }).click();

  // The UI draws what is written in Markdown inside frames.
  const details = page.locator('iframe').last().contentFrame();
  await details.getByText('弊社での商品の手配を待っています').waitFor();
  await details.getByText('運用担当者の操作は不要です。').waitFor();
  await page.getByText('until staff are reminded').first().waitFor();
});

test('without a worker the search attributes tell the story alone', async () => {
  const { page } = await visitor({ origin: site.temporalUi });
  const goOn = await holdWorker(site);
  try {
    await openFlow(page);
    await page.getByText('Search Attributes', { exact: true }).click();

    const { customerNumber, applicationNumber, orderNumber, intakeAt } = application;
    for (const [attribute, value] of [
      ['CustomerNumber', customerNumber],
      ['ApplicationNumber', applicationNumber],
      ['OrderNumber', orderNumber],
      ['ApplicationKind', 'order'],
      ['FlowState', 'accepted'],
      ['WaitsFor', 'staff'],
      ['StateSince', intakeAt?.toISOString().slice(0, 19)],
    ]) {
      await page
        .getByText(new RegExp(`"${attribute ?? ''}": "${value ?? ''}`))
        .first()
        .waitFor();
    }
    await page
      .getByText(/"NeedsAttention": false/)
      .first()
      .waitFor();
  } finally {
    goOn();
  }
});

async function openList(page: Page): Promise<void> {
  const query = `CustomerNumber="${application.customerNumber}" AND FlowState="accepted"`;
  // What was started a moment ago takes one to be listed; the list looks again only when asked to.
  await waitFor(
    async () => {
      await page.goto(`/namespaces/default/workflows?${new URLSearchParams({ query }).toString()}`);
      await flowLink(page).waitFor({ timeout: 5000 });
    },
    { withinMs: 40_000 },
  );
}

const flowLink = (page: Page) => page.getByRole('link', { name: /^application\// }).first();

async function openFlow(page: Page): Promise<void> {
  await openList(page);
  await flowLink(page).click();
  await page.getByText('Event History').first().waitFor();
}
