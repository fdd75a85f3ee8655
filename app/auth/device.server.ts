/** The device cookie: a random id that outlives the session, so that a browser is known again at its next sign-in (S55). It opens nothing. */
import { newBrowserSecret } from '../../db/stores/secrets.ts';
import type { Visit } from '../../db/stores/visit.ts';
import { limits } from '../../runtime/limits.ts';
import { siteCookie } from './browser-sessions.server.ts';

const deviceCookie = () => siteCookie('device', limits().deviceDays * 24 * 60 * 60);

/** The id in the cookie, or a fresh one. */
export async function readDevice(cookieHeader: string | null): Promise<string> {
  const known: unknown = await deviceCookie().parse(cookieHeader);
  return typeof known === 'string' ? known : newBrowserSecret();
}

/** The Set-Cookie after a store has remembered the device of this visit. */
export const keepDevice = ({ device }: Visit): Promise<string> => deviceCookie().serialize(device);
