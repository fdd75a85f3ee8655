/** A new password, typed twice, as a change, a reset and a set-up post it: what can be judged without a stored one. */
import { z } from 'zod';
import { guessableBy } from '../../domain/guessable-passwords.ts';
import { brokenPasswordRules } from '../../domain/password-policy.ts';
import { brand } from '../../runtime/brand.ts';
import { config } from '../../runtime/config.ts';
import type { NewPasswordFault } from '../components/new-password-fields.tsx';

const schema = z.object({ newPassword: z.string(), newPasswordConfirmation: z.string() });
const order = schema.keyof().options;

/** Whose password it is: the login ID must not stand in it, the rest must not make it easy to guess. */
export interface PasswordOwner {
  loginId: string;
  company: string;
  address: string;
}

export type JudgedNewPassword = { ok: true; next: string } | { ok: false; faults: NewPasswordFault[] };

/**
 * Judges `newPassword` and `newPasswordConfirmation` by the configured policy and by what is easy to guess; every fault is told at once.
 * @param current the current password where it was typed too
 * @throws Response 400 for what no form of ours posts
 */
export function judgeNewPassword(
  fields: Map<string, string>,
  owner: PasswordOwner,
  current?: string,
): JudgedNewPassword {
  const posted = schema.safeParse(Object.fromEntries(fields));
  if (!posted.success) throw new Response(null, { status: 400 });
  const { newPassword: next, newPasswordConfirmation: confirmation } = posted.data;
  const faults: NewPasswordFault[] = order
    .filter((field) => posted.data[field] === '')
    .map((field) => ({ field, fault: 'required' }));
  if (next !== '') {
    const broken = brokenPasswordRules(
      next,
      { loginId: owner.loginId, current: current === '' ? undefined : current },
      config().passwordPolicy,
    );
    const near = [brand.shortName, brand.companyName, owner.company, localPart(owner.address)];
    // What breaks a rule has to become another one anyway.
    const guessable = broken.length === 0 ? guessableBy(next, near) : undefined;
    const found = guessable === undefined ? broken : [guessable];
    faults.push(...found.map((fault) => ({ field: 'newPassword' as const, fault })));
  }
  if (confirmation !== '' && next !== confirmation)
    faults.push({ field: 'newPasswordConfirmation', fault: 'not-repeated' });
  const inOrder = faults.toSorted((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
  return inOrder.length > 0 ? { ok: false, faults: inOrder } : { ok: true, next };
}

const localPart = (address: string): string => address.slice(0, address.lastIndexOf('@'));
