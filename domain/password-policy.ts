/** パスワード入力の注意事項: the customer's five rules, kept exactly. Used by the live ticks and by the server alike (S62). */
import { canonicalLoginId } from './login-id.ts';

export const passwordRules = ['length', 'symbols', 'classes', 'not-current', 'no-login-id'] as const;
export type PasswordRule = (typeof passwordRules)[number];

export interface PasswordContext {
  loginId: string | undefined;
  /** The current password where it is known: on a change, not on a reset. */
  current: string | undefined;
}

/** The rules a candidate breaks, in the document's order; empty when it may be used. */
export function brokenPasswordRules(candidate: string, context: PasswordContext): PasswordRule[] {
  const keeps: Record<PasswordRule, boolean> = {
    length: candidate.length >= 8 && candidate.length <= 12,
    symbols: /^[A-Za-z0-9.\-_=+]+$/.test(candidate),
    classes: /[A-Z]/.test(candidate) && /[a-z]/.test(candidate) && /[0-9]/.test(candidate),
    'not-current': context.current === undefined || candidate !== context.current,
    'no-login-id':
      context.loginId === undefined || !candidate.toLowerCase().includes(canonicalLoginId(context.loginId)),
  };
  return passwordRules.filter((rule) => !keeps[rule]);
}
