/** S18: claiming another host in each way there is. */
import type { Row, Scale } from '../attack.ts';
import { encoded, typedInto } from '../tools/browser.ts';
import { mailSenders, type MailSending } from '../tools/mail-sending.ts';
import { rawRequest } from '../tools/raw-socket.ts';

const EVIL = 'evil.example';

/** Each way to claim another host: the header lines, and what stands in the request line before the path. */
function variants(host: string): Record<string, { lines: string[]; before?: string; refused: boolean }> {
  const own = `Host: ${host}`;
  return {
    'another Host': { lines: [`Host: ${EVIL}`], refused: true },
    'two Hosts, ours first': { lines: [own, `Host: ${EVIL}`], refused: true },
    'two Hosts, ours last': { lines: [`Host: ${EVIL}`, own], refused: true },
    'absolute URI': { lines: [own], before: `http://${EVIL}`, refused: true },
    'our host as user of another': { lines: [`Host: ${host}@${EVIL}`], refused: true },
    'another port': { lines: [`Host: ${host.split(':')[0] ?? ''}:1`], refused: true },
    'junk in the port': { lines: [`Host: ${host}.${EVIL}`], refused: true },
    'empty Host': { lines: ['Host: '], refused: true },
    'no Host': { lines: [], refused: true },
    'X-Forwarded-Host': { lines: [own, `X-Forwarded-Host: ${EVIL}`, `X-Host: ${EVIL}`], refused: false },
    'X-Forwarded-Proto and -Port': {
      lines: [own, 'X-Forwarded-Proto: gopher', 'X-Forwarded-Port: 4444'],
      refused: false,
    },
    Forwarded: { lines: [own, `Forwarded: host=${EVIL};proto=gopher`, `X-Original-Url: //${EVIL}/`], refused: false },
  };
}

function rawPost({ browser, form, typed }: MailSending, before: string, lines: string[]): string {
  const body = encoded(typedInto(form, typed));
  const head = [
    `POST ${before}${form.action} HTTP/1.1`,
    ...lines,
    `Origin: ${browser.target.origin}`,
    'Sec-Fetch-Site: same-origin',
    `X-Forwarded-For: ${browser.address}`,
    `Cookie: ${[...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')}`,
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

/** A link in a mail that leads elsewhere than to our own origin. */
const strangeLinks = (text: string, origin: string): string[] =>
  [...text.matchAll(/https?:\/\/[^\s<>"]+/g)]
    .map(([link]) => link)
    .filter((link) => !link.startsWith(`${origin}/`) && link !== origin);

/** Other hosts are refused before anybody looks which page is meant: in CI each of those variants tries one of the requests, in turn. */
function sendersFor(scale: Scale, refused: boolean, variant: number): typeof mailSenders {
  if (scale === 'planted') return mailSenders.slice(0, 1);
  const turn = variant % mailSenders.length;
  return scale === 'ci' && refused ? mailSenders.slice(turn, turn + 1) : mailSenders;
}

export const s18: Row = {
  id: 'S18',
  requires: 'links and redirects are made from PUBLIC_ORIGIN alone; other hosts are refused',
  asked: '12 variants on each mail-sending request: 100 % of links ours; unknown Host 421/400',
  attack: async (world, scale) => {
    const { target } = world;
    const host = new URL(target.origin).host;
    const found: string[] = [];
    let sent = 0;
    let links = 0;
    for (const [variant, [name, { lines, before = '', refused }]] of Object.entries(variants(host)).entries()) {
      for (const send of sendersFor(scale, refused, variant)) {
        const request = await send(world);
        const had = (await world.mail.mails(request.to)).length;
        const answer = await rawRequest(target.port, rawPost(request, before, lines));
        sent += 1;
        if (answer.text.includes(EVIL)) found.push(`${request.what} with ${name}: the answer names the other host`);
        if (refused) {
          if (![400, 421].includes(answer.status))
            found.push(`${request.what} with ${name} is answered ${answer.status}`);
          continue;
        }
        if (answer.status >= 400) found.push(`${request.what} with ${name} is refused with ${answer.status}`);
        else {
          const mails = await world.mail.arrived(request.to, had + 1);
          for (const { text } of mails) {
            links += [...text.matchAll(/https?:\/\//g)].length;
            found.push(
              ...strangeLinks(text, world.siteOrigin).map((link) => `${request.what} with ${name}: link to ${link}`),
            );
          }
          if (request.hasLink && !mails.some(({ text }) => text.includes('?token=')))
            found.push(`${request.what} with ${name}: its mail has no link`);
        }
      }
      const page = await rawRequest(
        target.port,
        `GET ${before}/login HTTP/1.1\r\n${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`,
      );
      if (refused && ![400, 421].includes(page.status)) found.push(`page with ${name} is answered ${page.status}`);
    }
    if (scale !== 'planted' && links === 0) found.push('no mail with a link was seen');
    return {
      found,
      said: `${sent} mail-sending requests in 12 variants: other hosts refused, ${links} links in mails, all ours`,
    };
  },
  plants: [
    {
      what: 'the host is taken from the request',
      process: 'first',
      mutations: [
        { file: 'server/index.js', find: /if \(host === ours\)/, replace: 'if (host !== undefined)' },
        {
          file: 'server/index.js',
          find: /new Request\(publicOrigin \+ request\.url/,
          replace: 'new Request("http://" + (request.get("x-forwarded-host") ?? request.get("host")) + request.url',
        },
      ],
      shows: /another Host is answered/,
    },
  ],
};
