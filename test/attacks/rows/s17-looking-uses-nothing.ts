/** S17: mail scanners that open every link, again and again, before the member does. */
import { setTimeout as sleep } from 'node:timers/promises';
import { linkPaths, linkPurposes } from '../../../domain/procedures.ts';
import { times, type Row, type World } from '../attack.ts';
import { withChromium } from '../tools/chromium.ts';
import { Browser } from '../tools/browser.ts';
import { follow, formBehind, freshLink, hasActed, mailedPath, typedOn, type HeldLink } from '../tools/mailed-links.ts';
import { dataPathFor } from '../tools/single-fetch.ts';

/** GET, HEAD and data of the address in the mail and of the page it leads to, each time by a client of its own. */
async function scan({ target }: World, link: HeldLink, looks: number): Promise<void> {
  const path = mailedPath(link);
  const page = linkPaths[link.purpose];
  for (let look = 0; look < looks; look += 1) {
    const scanner = new Browser(target);
    await scanner.request('HEAD', path);
    await scanner.get(`${dataPathFor(page)}?token=${link.token}`);
    await scanner.get(path, { 'Sec-Purpose': 'prefetch' });
    await scanner.get(page);
    await scanner.request('HEAD', page);
  }
}

/** A scanner with a real browser: what the scripts of the page send by themselves. */
async function postsByItself({ target, chromiumPath }: World, links: HeldLink[], watchedMs: number): Promise<string[]> {
  return withChromium(chromiumPath, async (context) => {
    const found: string[] = [];
    context.on('request', (request) => {
      if (request.method() !== 'GET' && !request.url().endsWith('/csp-report'))
        found.push(`the page itself sent ${request.method()} ${new URL(request.url()).pathname}`);
    });
    for (const link of links) {
      const page = await context.newPage();
      await page.goto(`${target.origin}${mailedPath(link)}`, { waitUntil: 'networkidle' });
      await sleep(watchedMs);
      await page.close();
    }
    return found;
  });
}

async function stillWorks({ target }: World, link: HeldLink): Promise<boolean> {
  const { purpose } = link;
  const browser = await follow(target, link);
  const form = await formBehind(browser, purpose);
  return form !== undefined && hasActed(await browser.submit(form, typedOn[purpose]()), purpose);
}

export const s17: Row = {
  id: 'S17',
  requires: 'looking at a mailed link uses nothing up and changes nothing; only the pressed button acts',
  asked: "100 GET and 100 HEAD by other clients, then the user's post: works 100 %",
  attack: async (world, scale) => {
    const looks = times(scale, { planted: 2, ci: 5, full: 100 });
    const links: HeldLink[] = [];
    for (const purpose of linkPurposes) links.push(await freshLink(purpose));
    await world.database.quiet();
    const found =
      scale === 'planted' ? [] : await postsByItself(world, links, times(scale, { planted: 0, ci: 200, full: 1000 }));
    const before = scale === 'planted' ? undefined : await world.database.fingerprint();
    for (const link of links) await scan(world, link, looks);
    if (before !== undefined)
      found.push(...(await world.database.changesSince(before)).map((change) => `looking wrote ${change}`));
    for (const link of links)
      if (!(await stillWorks(world, link))) found.push(`${link.purpose}: after ${looks} looks the button did nothing`);
    return {
      found,
      said: `${looks} times GET, HEAD and data of ${links.length} links, and Chromium: 0 rows changed, ${links.length - found.length} of ${links.length} buttons work`,
    };
  },
  plants: [
    {
      what: 'opening the link of a ログイン通知メール is taken for the act',
      process: 'opened links',
      mutations: [
        {
          file: 'server/index.js',
          find: /const page = await readNoticePage\((await mailedToken\(asked, PURPOSE[$\d]*\))\);/,
          replace: `const opened = $1; const page = await readNoticePage(opened); await reportSignIn(opened, asked.context.visit);`,
        },
      ],
      shows: /sign-in-notice: after .* looks the button did nothing/,
    },
  ],
};
