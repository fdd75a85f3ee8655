/** S36: showing our pages in a frame of another site. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Row, World } from '../attack.ts';
import { keepCookies, withChromium } from '../tools/chromium.ts';
import { doors, holding } from '../tools/sign-in.ts';

/** A page of another site that shows ours in a frame. */
async function withFramingSite<T>(framed: string, work: (url: string) => Promise<T>): Promise<T> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><title>another site</title><iframe name="ours" src="${framed}"></iframe>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

/** What the frame shows of a page of ours. */
async function framedText(world: World, path: string): Promise<string> {
  const browser = await holding(world.target, world.fixture.ours.plain);
  return withFramingSite(world.target.origin + path, (url) =>
    withChromium(world.chromiumPath, async (context) => {
      await keepCookies(context, browser);
      const page = await context.newPage();
      await page.goto(url, { waitUntil: 'load' });
      const frame = page.frame('ours');
      return frame === null || !frame.url().startsWith(world.target.origin) ? '' : frame.locator('body').innerText();
    }),
  );
}

export const s36: Row = {
  id: 'S36',
  requires: 'no other site can show ours in a frame',
  asked: 'Chromium iframe: refused',
  attack: async (world, scale) => {
    const paths = scale === 'planted' ? ['/login'] : ['/', '/login', doors.member.home, '/password/change'];
    const found: string[] = [];
    for (const path of paths) {
      if ((await framedText(world, path)) !== '') found.push(`${path} is shown in a frame of another site`);
    }
    return { found, said: `${paths.length} pages refused in a frame` };
  },
  plants: [
    {
      what: 'anybody may frame',
      process: 'headers',
      mutations: [
        { file: 'server/index.js', find: /frameAncestors: \["'none'"\]/, replace: 'frameAncestors: ["*"]' },
        { file: 'server/index.js', find: /frameguard: \{ action: "deny" \}/, replace: 'frameguard: false' },
        {
          file: 'server/index.js',
          find: /crossOriginResourcePolicy: \{ policy: "same-origin" \}/,
          replace: 'crossOriginResourcePolicy: false',
        },
      ],
      shows: /is shown in a frame/,
    },
  ],
};
