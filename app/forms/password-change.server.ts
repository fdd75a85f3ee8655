/** パスワード変更, as typed: what can be judged without the stored password. */
import { z } from 'zod';
import { brokenPasswordRules, type PasswordRule } from '../../domain/password-policy.ts';

export type PasswordField = 'currentPassword' | 'newPassword' | 'newPasswordConfirmation';

export interface PasswordFault {
  field: PasswordField;
  fault: 'required' | 'not-repeated' | PasswordRule;
}

const schema = z.object({ currentPassword: z.string(), newPassword: z.string(), newPasswordConfirmation: z.string() });
const order = schema.keyof().options;

export type JudgedPasswordChange = { ok: true; current: string; next: string } | { ok: false; faults: PasswordFault[] };

/**
 * Judges the three fields by the customer's policy; every fault is told at once.
 * @param loginId must not stand in the new password
 * @throws Response 400 for what no form of ours posts
 */
export function judgePasswordChange(fields: Map<string, string>, loginId: string): JudgedPasswordChange {
  const posted = schema.safeParse(Object.fromEntries(fields));
  if (!posted.success) throw new Response(null, { status: 400 });
  const { currentPassword: current, newPassword: next, newPasswordConfirmation: confirmation } = posted.data;
  const faults: PasswordFault[] = order
    .filter((field) => posted.data[field] === '')
    .map((field) => ({ field, fault: 'required' }));
  if (next !== '') {
    const broken = brokenPasswordRules(next, { loginId, current: current === '' ? undefined : current });
    faults.push(...broken.map((fault) => ({ field: 'newPassword' as const, fault })));
  }
  if (confirmation !== '' && next !== confirmation)
    faults.push({ field: 'newPasswordConfirmation', fault: 'not-repeated' });
  const inOrder = faults.toSorted((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
  return inOrder.length > 0 ? { ok: false, faults: inOrder } : { ok: true, current, next };
}
