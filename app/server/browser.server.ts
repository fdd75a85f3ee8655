/** Who asks: the session of the area's cookie is read once a request; a browser without one gets a visitor cookie (decision 0002). */
import type { Request } from 'express';
import type { PersonKind } from '../../db/stores/sessions.ts';
import { touchSession } from '../../db/stores/sessions.ts';
import { digestOf, formTokenFor, newBrowserSecret } from '../../db/stores/secrets.ts';
import { readDevice } from '../auth/device.server.ts';
import { memberSessions, siteCookie, staffSessions } from '../auth/browser-sessions.server.ts';
import type { Browser } from './site.ts';
import { step } from './step.ts';

const digest = (secret: string): string => digestOf(secret).toString('base64url');

/** Reads the cookies; moves the session's idle end on, unless a page only refreshes itself (`?refresh=1`). */
export const recognizeBrowser = step(async (request, response) => {
  const browser = await readBrowser(request, response.locals.area);
  response.locals.browser = browser;
  const living = browser.context.member ?? browser.context.staff;
  if (living?.seenLately === false && request.query['refresh'] !== '1') await touchSession(living.id);
});

async function readBrowser(request: Request, area: PersonKind): Promise<Browser> {
  const cookies = request.get('cookie') ?? null;
  const member = area === 'member' ? await memberSessions().read(cookies) : undefined;
  const staff = area === 'staff' ? await staffSessions().read(cookies) : undefined;
  const living = member?.living ?? staff?.living;
  const known: unknown = await siteCookie('visitor').parse(cookies);
  const visitor = typeof known === 'string' ? known : undefined;
  const fresh = living === undefined && visitor === undefined ? newBrowserSecret() : undefined;
  const subject = living?.id ?? digest(visitor ?? fresh ?? '');
  return {
    context: {
      member: member?.living,
      staff: staff?.living,
      browserSecret: (member ?? staff)?.secret,
      formToken: formTokenFor(subject),
    },
    subject,
    device: await readDevice(cookies),
    visitorSubject: visitor === undefined ? undefined : digest(visitor),
    setCookie: fresh === undefined ? undefined : await siteCookie('visitor').serialize(fresh),
  };
}
