/** Chromium for a test file. */
import type { Browser, BrowserContext } from '@playwright/test';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { launchChromium, openVisitor, type Screen, type Visitor } from './chromium.ts';

/** Call it at the top of a test file. Each visitor is closed after its test. */
export function useChromium(): (screen: Screen) => Promise<Visitor> {
  let browser: Browser | undefined;
  let open: BrowserContext[] = [];
  beforeAll(async () => {
    browser = await launchChromium(inject('chromiumPath'));
  });
  afterEach(async () => {
    await Promise.all(open.map((context) => context.close()));
    open = [];
  });
  afterAll(() => browser?.close());
  return async (screen) => {
    if (browser === undefined) throw new Error('Chromium comes with beforeAll');
    const visitor = await openVisitor(browser, screen);
    open.push(visitor.context);
    return visitor;
  };
}
