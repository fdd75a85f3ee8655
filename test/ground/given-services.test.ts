/** Given a database, a Temporal Service and a mail server, `npm start` uses those instead of starting its own. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSite, type Site } from '../support/site.ts';

let own: Site;
let guest: Site;

const urlOf = (site: Site, name: string): string => site.urls[name] ?? '';

beforeAll(async () => {
  own = await startSite();
  guest = await startSite({
    env: {
      DATABASE_URL: urlOf(own, 'database'),
      MIGRATION_DATABASE_URL: urlOf(own, 'migrationDatabase'),
      TEMPORAL_ADDRESS: urlOf(own, 'temporal'),
      SMTP_URL: urlOf(own, 'smtp'),
    },
  });
}, 300_000);

afterAll(async () => {
  await guest.stop();
  await own.stop();
}, 120_000);

test('only worker and web are started, and every part answers', async () => {
  const ready = await fetch(`${urlOf(guest, 'web')}/readyz`);

  expect(Object.keys(guest.run().parts).sort()).toEqual(['web', 'worker']);
  expect(ready.status).toBe(200);
});

test('both sites show what the one database holds', async () => {
  const [ours, theirs] = await Promise.all([own, guest].map(async (site) => (await fetch(urlOf(site, 'web'))).text()));

  expect(theirs).toContain('ログイン方法の変更とセキュリティ強化のお知らせ');
  expect(ours).toContain('ログイン方法の変更とセキュリティ強化のお知らせ');
});
