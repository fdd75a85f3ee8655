/**
 * The two session cookies. Remix's session storage reads the cookie and the table; rows are opened and ended by the stores' own
 * transactions, together with letter and audit, so the storage writes no row itself.
 */
import { createCookie, createSessionStorage, type Cookie, type CookieOptions } from '@remix-run/node';
import { readMemberSession, readStaffSession } from '../../db/stores/sessions.ts';
import { config } from '../../runtime/config.ts';
import { keyRing } from '../../runtime/keys.ts';

/**
 * A cookie of the site, signed: what we never gave out is not even looked up. Source: S26; on plain http (the embedded default)
 * browsers refuse `__Host-` and Secure.
 * @param maxAge seconds for which the browser keeps it; without, until it is closed
 */
export function siteCookie(name: string, maxAge?: number): Cookie {
  const secure = config().publicOrigin.startsWith('https:');
  const ring = keyRing('session');
  const secrets = ring.ids.map((id) => ring.key(id).toString('base64'));
  const options: CookieOptions = {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure,
    secrets,
    ...(maxAge === undefined ? {} : { maxAge }),
  };
  return createCookie(secure ? `__Host-${name}` : name, options);
}

export interface BrowserSessions<Living> {
  /** The secret in the cookie, and the session it opens if that still lives. */
  read: (cookieHeader: string | null) => Promise<{ secret: string | undefined; living: Living | undefined }>;
  /** The Set-Cookie for a session that a store has just opened. */
  remember: (secret: string) => Promise<string>;
  /** The Set-Cookie that takes the cookie away. */
  forget: () => Promise<string>;
}

/** Of 256 bits in base64url: anything else was never ours and is not looked up. */
const SECRET = /^[\w-]{43}$/;

function browserSessions<Living>(
  name: string,
  readLiving: (secret: string) => Promise<Living | undefined>,
): BrowserSessions<Living> {
  const storage = createSessionStorage<{ living: Living; secret: string }>({
    cookie: siteCookie(name),
    createData: ({ secret }) => Promise.resolve(secret ?? ''),
    readData: async (secret) => {
      const living = SECRET.test(secret) ? await readLiving(secret) : undefined;
      return living === undefined ? null : { living, secret };
    },
    updateData: () => Promise.resolve(),
    deleteData: () => Promise.resolve(),
  });
  return {
    read: async (cookieHeader) => {
      const session = await storage.getSession(cookieHeader);
      return { secret: SECRET.test(session.id) ? session.id : undefined, living: session.get('living') };
    },
    remember: async (secret) => {
      const session = await storage.getSession();
      session.set('secret', secret);
      return storage.commitSession(session);
    },
    forget: async () => storage.destroySession(await storage.getSession()),
  };
}

let member: BrowserSessions<NonNullable<Awaited<ReturnType<typeof readMemberSession>>>> | undefined;
let staff: BrowserSessions<NonNullable<Awaited<ReturnType<typeof readStaffSession>>>> | undefined;

/** Member pages know this cookie only. */
export const memberSessions = () => (member ??= browserSessions('sid', readMemberSession));

/** /staff knows this cookie only. */
export const staffSessions = () => (staff ??= browserSessions('staff', readStaffSession));
