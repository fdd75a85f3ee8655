/** Chromium as a person has it: with or without JavaScript, wide or on a phone; what it complains of is kept. */
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';

export interface Screen {
  origin: string;
  /** CSS pixels; default 1280. 360 is the narrowest phone. */
  width?: number;
  /** Default true. */
  javaScript?: boolean;
  /** Set-Cookie of a session, to be signed in from the start. */
  setCookie?: string | undefined;
}

export interface Visitor {
  context: BrowserContext;
  page: Page;
  /** Errors on the console, faults of scripts, reports of the content security policy, a line each. */
  complaints: string[];
}

export const launchChromium = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: ['--no-sandbox'] });

/** A browser of its own: cookies, cache and tabs are shared with nobody. */
export async function openVisitor(browser: Browser, screen: Screen): Promise<Visitor> {
  const { origin, width = 1280, javaScript = true, setCookie } = screen;
  const context = await browser.newContext({
    baseURL: origin,
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    javaScriptEnabled: javaScript,
    viewport: { width, height: width < 600 ? 740 : 900 },
  });
  context.setDefaultTimeout(15_000);
  if (setCookie !== undefined) await context.addCookies([{ ...nameAndValue(setCookie), url: origin }]);
  const complaints: string[] = [];
  context.on('page', (page) => listen(page, complaints));
  return { context, page: await context.newPage(), complaints };
}

function nameAndValue(setCookie: string): { name: string; value: string } {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? [];
  return { name, value };
}

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('request', (request) => {
    if (request.url().endsWith('/csp-report')) complaints.push(`content security policy: ${request.postData() ?? ''}`);
  });
  page.on('console', (message) => {
    // An error page is meant to have its status; Chromium tells it as an error.
    const ownStatus = message.location().url === page.url() && message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !ownStatus) complaints.push(`console: ${message.text()}`);
  });
}
