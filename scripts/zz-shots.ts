import { mkdir } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { connectDatabase } from '../db/connect.ts';
import { launchChromium, openVisitor } from '../test/journeys/tools/chromium.ts';
import { Mails } from '../test/journeys/tools/mails.ts';
import { membersPages, shutOut } from '../test/journeys/pages/members-pages.ts';
import { startSite } from '../test/support/site.ts';
import { findChromium } from './tools/chromium.ts';
const OUT = '/tmp/w3-shots';
await mkdir(OUT, { recursive: true });
const browser = await launchChromium(await findChromium(console.log));
const site = await startSite({ env: { TRUSTED_PROXIES: '127.0.0.1' } });
process.env['DATA_DIR'] = site.dataDir;
process.env['DATABASE_URL'] = site.urls['database'];
process.env['PUBLIC_ORIGIN'] = site.urls['web'];
connectDatabase(site.urls['database'], 4);
const running: any = { origin: site.urls['web'], mails: new Mails(site.urls['mail'] ?? ''), pid: site.pid };
const all = Object.entries({ ...membersPages, 'routes/login': [shutOut] });
for (const [id, states] of all) for (const state of states) {
  try {
    const { path, setCookie, go } = await state.open(running);
    const { page, context } = await openVisitor(browser, { origin: running.origin, setCookie });
    await page.goto(path);
    await go?.(page);
    await page.getByText(state.shows).first().waitFor();
    const name = `${id.replace('routes/', '')}-${state.name}`.replace(/[^\w.-]+/g, '_');
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      await page.screenshot({ path: `${OUT}/${name}-${width}.png`, fullPage: true, animations: 'disabled' });
    }
    await context.close();
    console.log(name);
  } catch (error) { console.log(id, state.name, String(error)); }
}
await browser.close();
await site.stop();
process.exit(0);
