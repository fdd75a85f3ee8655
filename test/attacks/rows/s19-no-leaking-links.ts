/** S19: looking for the tokens of mailed links wherever an address goes: redirects, pages, referers, the browser's history, logs, histories. */
import type { BrowserContext } from '@playwright/test';
import { linkPaths, linkPurposes } from '../../../domain/procedures.ts';
import type { Row, World } from '../attack.ts';
import { Browser, type Answer } from '../tools/browser.ts';
import { withChromium } from '../tools/chromium.ts';
import { readLogs } from '../tools/logs.ts';
import { formBehind, freshLink, mailedPath, typedOn, type HeldLink } from '../tools/mailed-links.ts';
import { dataPathFor } from '../tools/single-fetch.ts';

function faultsOf(what: string, { status, headers, body }: Answer, token: string): string[] {
  const { location = '', 'referrer-policy': referrer = 'missing', 'cache-control': cache = 'missing' } = headers;
  const foreign = [...body.matchAll(/<(?:script|link|img|iframe)\b[^>]*\s(?:src|href)="((?:https?:)?\/\/[^"]*)"/g)];
  return [
    ...(location.includes(token) ? [`${what} (${status}) leads on with the token`] : []),
    ...(body.includes(token) ? [`${what} (${status}) shows the token`] : []),
    ...(referrer === 'strict-origin' ? [] : [`${what} has the Referrer-Policy ${String(referrer)}`]),
    ...(cache.includes('no-store') ? [] : [`${what} has the Cache-Control ${cache}`]),
    ...foreign.map(([, from]) => `${what} loads ${from}`),
  ];
}

/** Walks from the address in the mail through the page to the act. */
async function walk({ target }: World, link: HeldLink): Promise<string[]> {
  const { purpose, token } = link;
  const page = linkPaths[purpose];
  const browser = new Browser(target);
  const handed = await browser.get(mailedPath(link));
  const found = faultsOf(`${purpose}, the address in the mail`, handed, token);
  if (handed.status < 300 || handed.status >= 400)
    found.push(`${purpose}: the address in the mail keeps its token, it answers ${handed.status}`);
  found.push(...faultsOf(`${purpose}, its data`, await browser.get(`${dataPathFor(page)}?token=${token}`), token));
  found.push(...faultsOf(`${purpose}, its page`, await browser.get(page), token));
  const form = await formBehind(browser, purpose);
  if (form === undefined) return [...found, `${purpose}: the page of a live link has no form`];
  if (form.fields.some(([, value]) => value.includes(token))) found.push(`${purpose}: the form holds the token`);
  const acted = await browser.submit(form, typedOn[purpose]());
  found.push(...faultsOf(`${purpose}, the answer to its form`, acted, token));
  found.push(...faultsOf(`${purpose}, what comes after`, await browser.get(acted.headers.location ?? '/'), token));
  return found;
}

/**
 * In a real browser: every request it sends, what the page can read, and what Back leads to. The page is closed with its browser:
 * closing one straight after Back now and then never ends.
 */
async function browse(context: BrowserContext, { target }: World, link: HeldLink): Promise<string[]> {
  const { purpose, token } = link;
  const found: string[] = [];
  const page = await context.newPage();
  let arrived = false;
  page.on('request', (request) => {
    const { referer = '' } = request.headers();
    if (referer.includes(token))
      found.push(`${purpose}: ${new URL(request.url()).pathname} is told the token as Referer`);
    if (arrived && request.url().includes(token)) found.push(`${purpose}: the token is asked for again`);
    if (!request.url().startsWith(target.origin))
      found.push(`${purpose}: the page asks ${new URL(request.url()).host}`);
  });
  await page.goto(`${target.origin}${mailedPath(link)}`);
  arrived = true;
  const seen = [page.url(), await page.title(), await page.content()];
  await page.goto(`${target.origin}/contact`);
  await page.goBack();
  seen.push(page.url());
  if (seen.some((text) => text.includes(token))) found.push(`${purpose}: the browser keeps the token in its history`);
  return found;
}

/** Logs, and the histories of the procedures and letters that these links belong to. */
async function kept(
  { database, histories, dataDir }: World,
  links: HeldLink[],
): Promise<{ found: string[]; read: number }> {
  await database.quiet(90_000);
  const ids = await database.rows<{ id: string }>(
    `select kind || '/' || id as id from procedures where member_id = any($1)
     union all select 'letter/' || letter.id from letters letter join links link on link.id::text = letter.facts->'link'->>'linkId'
       where link.member_id = any($1)`,
    [links.map(({ member }) => member.id)],
  );
  const flows = await histories.read(`WorkflowId IN (${ids.map(({ id }) => `'${id}'`).join(', ')})`);
  const logged = await readLogs(dataDir);
  const found = flows.length < links.length ? [`only ${flows.length} histories were found to read`] : [];
  for (const { purpose, token } of links) {
    if (logged.includes(token)) found.push(`a ${purpose} token stands in a log`);
    for (const { workflowId, text, payloads } of flows)
      if (text.includes(token) || payloads.includes(token)) found.push(`a ${purpose} token stands in ${workflowId}`);
  }
  return { found, read: flows.length };
}

export const s19: Row = {
  id: 'S19',
  requires:
    "a link's token stays out of redirects, pages, titles, referers, browser histories, logs and flow histories",
  asked: '0 hits',
  attack: async (world, scale) => {
    const links: HeldLink[] = [];
    for (const purpose of linkPurposes) links.push(await freshLink(purpose));
    const found = await withChromium(world.chromiumPath, async (context) => {
      const seen: string[] = [];
      for (const link of links) seen.push(...(await browse(context, world, link)));
      return seen;
    });
    if (scale === 'planted') return { found, said: '' };
    for (const link of links) found.push(...(await walk(world, link)));
    const { found: hits, read } = await kept(world, links);
    return {
      found: [...found, ...hits],
      said: `${links.length} links walked through in two kinds of browser, all logs, ${read} histories: ${found.length + hits.length} hits`,
    };
  },
  plants: [
    {
      what: 'the page is shown at the address with the token',
      process: 'link addresses',
      mutations: [
        {
          file: 'server/index.js',
          find: /throw redirect\(linkPaths\[purpose\], \{ headers: \{ "Set-Cookie": await cookieOf\(purpose\)\.serialize\(given\) \} \}\);/,
          replace: 'return given;',
        },
      ],
      shows: /the browser keeps the token in its history/,
    },
  ],
};
