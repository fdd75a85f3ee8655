/** A real Chromium, for what only a browser decides. */
import { chromium, type BrowserContext } from '@playwright/test';
import type { Browser } from './browser.ts';

/** Runs `work` in a fresh profile. */
export async function withChromium<T>(
  executablePath: string,
  work: (context: BrowserContext) => Promise<T>,
): Promise<T> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    return await work(await browser.newContext());
  } finally {
    await browser.close();
  }
}

/** Gives Chromium the cookies that one of our own browsers holds. */
export async function keepCookies(context: BrowserContext, { target, cookies }: Browser): Promise<void> {
  const url = `${target.origin}/`;
  await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url })));
}
