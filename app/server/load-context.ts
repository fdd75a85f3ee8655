/** What every loader and action is given besides its request: made once per request by the server in front of Remix. */
import type { MemberSession, StaffSession } from '../../db/stores/sessions.ts';
import type { Visit } from '../../db/stores/visit.ts';

declare module '@remix-run/node' {
  interface AppLoadContext {
    /** The living session of the member cookie, undefined below /staff. Guards judge its stage. */
    member: MemberSession | undefined;
    /** The living session of the staff cookie, undefined everywhere else. */
    staff: StaffSession | undefined;
    /** The secret in this browser's cookie, of a living session or an ended one: replaced at every step of a sign-in (S23). */
    browserSecret: string | undefined;
    visit: Visit;
    /** Bound to this browser; every form posts it back (S30). */
    formToken: string;
    /** Of this response's content security policy (S34). */
    nonce: string;
    /** Whether a page of the site answers at this path: what may be linked or gone back to (S37). */
    isPage: (pathname: string) => boolean;
  }
}
