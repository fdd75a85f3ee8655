/** パスワード変更, as typed: what can be judged without the stored password. */
import { z } from 'zod';
import { brokenPasswordRules, type PasswordRule } from '../../domain/password-policy.ts';

export type PasswordField = 'currentPassword' | 'newPassword' | 'newPasswordConfirmation';

export interface PasswordFault {
  field: PasswordField;
  fault: 'required' | 'not-repeated' | PasswordRule;
}

const typed = z.string().min(1);
const schema = z.object({ currentPassword: typed, newPassword: typed, newPasswordConfirmation: typed });

export type JudgedPasswordChange = { ok: true; current: string; next: string } | { ok: false; faults: PasswordFault[] };

/** Judges the three fields by the customer's policy. @param loginId must not stand in the new password */
export function judgePasswordChange(fields: Map<string, string>, loginId: string): JudgedPasswordChange {
  const judged = schema.safeParse(Object.fromEntries(fields));
  if (!judged.success) {
    const missing = new Set(judged.error.issues.map((issue) => issue.path[0]));
    const faults = schema.keyof().options.filter((field) => missing.has(field));
    return { ok: false, faults: faults.map((field) => ({ field, fault: 'required' })) };
  }
  const { currentPassword: current, newPassword: next, newPasswordConfirmation: confirmation } = judged.data;
  const faults: PasswordFault[] = brokenPasswordRules(next, { loginId, current }).map((fault) => ({
    field: 'newPassword',
    fault,
  }));
  if (next !== confirmation) faults.push({ field: 'newPasswordConfirmation', fault: 'not-repeated' });
  return faults.length > 0 ? { ok: false, faults } : { ok: true, current, next };
}
