/** remix-auth, with one form strategy for members and one for staff: both end in a verb of the stores. */
import type { AppLoadContext } from '@remix-run/node';
import { Authenticator } from 'remix-auth';
import { FormStrategy } from 'remix-auth-form';
import type { PersonKind, SessionStage } from '../../db/stores/sessions.ts';
import { passwordForHashing, signInMember, signInStaff, type SignInRefusal } from '../../db/stores/sign-in.ts';

/** What a right password opens. */
export interface SignedIn {
  secret: string;
  stage: SessionStage;
}

/** remix-auth carries a "no" as an Error: this is the only one that is an answer and not a fault. */
export class SignInRefused extends Error {
  override name = 'SignInRefused';
  readonly reason: SignInRefusal;
  readonly until: Date | undefined;

  constructor(reason: SignInRefusal, until: Date | undefined) {
    super(reason);
    this.reason = reason;
    this.until = until;
  }
}

/** The strategies `member` and `staff`, for one request: its visit and its browser belong to the judgement. */
export function authenticatorFor({ visit, browserSecret }: AppLoadContext): Authenticator<SignedIn> {
  const signInBy: Record<PersonKind, typeof signInMember | typeof signInStaff> = {
    member: signInMember,
    staff: signInStaff,
  };
  const authenticator = new Authenticator<SignedIn>();
  for (const kind of ['member', 'staff'] as const) {
    const strategy = new FormStrategy<SignedIn>(async ({ form }) => {
      const typed = (name: string) => {
        const value = form.get(name);
        return typeof value === 'string' ? value : '';
      };
      const password = passwordForHashing(typed('password'));
      const credentials = { loginId: typed('loginId'), address: typed('address'), password };
      const outcome = await signInBy[kind](credentials, browserSecret, visit);
      if (!outcome.ok) throw new SignInRefused(outcome.reason, outcome.until);
      return outcome.value;
    });
    authenticator.use(strategy, kind);
  }
  return authenticator;
}
