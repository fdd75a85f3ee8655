/** Pages of refusal and of faults: what a browser can be brought to really happens; the rest is drawn by the function that the server draws with. */
import type { Page } from '@playwright/test';
import pg from 'pg';
import { inject } from 'vitest';
import { refusalPage } from '../../../app/server/refusal-page.server.tsx';
import { asMember, press, type Opening, type PageState } from './page-state.ts';

export const errorPages: Record<string, PageState[]> = {
  'routes/$': [
    { name: 'signed out', shows: 'ページが見つかりませんでした', status: 404, open: () => ({ path: '/arimasen' }) },
    { name: 'signed in', shows: 'ページが見つかりませんでした', status: 404, open: () => asMember('/arimasen') },
  ],
  root: [
    {
      name: 'a form of nobody (403)',
      shows: '安全のため、送信元を確認できない操作は',
      status: 403,
      open: () => atLogin(withoutToken),
    },
    { name: 'too much (413)', shows: '送信された内容が大きすぎます', status: 413, open: () => atLogin(tooMuch) },
    {
      name: 'too long an address (414)',
      shows: 'URLが長すぎます',
      status: 414,
      open: () => ({ path: `/?${'x'.repeat(9000)}` }),
    },
    {
      name: 'no form (415)',
      shows: 'この形式の送信は受け付けられませんでした',
      status: 415,
      open: () => atLogin(asFile),
    },
    { name: 'a fault (500)', shows: '照会番号', status: 500, open: withFault },
    ...[400, 405, 421, 429, 503].map(drawn),
  ],
};

const atLogin = (change: (page: Page) => Promise<void>): Opening => ({
  path: '/login',
  go: async (page) => {
    await change(page);
    await press('ログイン')(page);
  },
});

const withoutToken = (page: Page) => page.locator('main input[name=formToken]').evaluate((field) => field.remove());

const tooMuch = (page: Page) => page.getByLabel('メールアドレス').fill('x'.repeat(300_000));

const asFile = (page: Page) =>
  page.locator('main form').evaluate((form) => form.setAttribute('enctype', 'multipart/form-data'));

/** The table of お知らせ is locked longer than the site waits for it. */
async function withFault(): Promise<Opening> {
  const owner = new pg.Client({ connectionString: inject('site').urls['migrationDatabase'] });
  await owner.connect();
  await owner.query('begin');
  await owner.query('lock table notices in access exclusive mode');
  return { path: '/', afterwards: () => owner.end() };
}

function drawn(status: number): PageState {
  return {
    name: `drawn by the server (${status})`,
    shows: '照会番号: ACDEFGHJKM',
    status,
    open: () => ({
      path: '/contact',
      go: async (page) => {
        const stylesheet = await page.locator('link[rel=stylesheet]').first().getAttribute('href');
        const body = refusalPage(status, 'ACDEFGHJKM', [stylesheet ?? '']);
        await page.route('**/drawn', (route) =>
          route.fulfill({ status, contentType: 'text/html; charset=utf-8', body }),
        );
        await page.goto('/drawn');
      },
    }),
  };
}
