/** パスワード入力の注意事項: the customer's five rules, kept exactly, or the modern profile. Used by the live ticks and by the server alike (S62, S64). */
import { canonicalLoginId } from './login-id.ts';

/**
 * `seed`: the customer's document, 8 to 12 characters of a mixed alphabet. `modern`: NIST 800-63B-4 and ASVS 6.2, 8 to 64 characters of any
 * kind, no composition. Source: security.md, "What must be said honestly".
 */
export const passwordProfiles = ['seed', 'modern'] as const;
export type PasswordProfile = (typeof passwordProfiles)[number];

export type PasswordRule = 'length' | 'symbols' | 'classes' | 'not-current' | 'no-login-id';

/** The rules of each profile, in the document's order. */
export const passwordRules: Record<PasswordProfile, readonly PasswordRule[]> = {
  seed: ['length', 'symbols', 'classes', 'not-current', 'no-login-id'],
  modern: ['length', 'not-current', 'no-login-id'],
};

/** In characters, as one counts them: an emoji is one. */
export const passwordLengths: Record<PasswordProfile, { least: number; most: number }> = {
  seed: { least: 8, most: 12 },
  modern: { least: 8, most: 64 },
};

export interface PasswordContext {
  loginId: string | undefined;
  /** The current password where it is known: on a change, not on a reset. */
  current: string | undefined;
}

/** The rules a candidate breaks, in the document's order; empty when it may be used. */
export function brokenPasswordRules(
  candidate: string,
  context: PasswordContext,
  profile: PasswordProfile,
): PasswordRule[] {
  const length = Array.from(candidate).length;
  const { least, most } = passwordLengths[profile];
  const keeps: Record<PasswordRule, boolean> = {
    length: length >= least && length <= most,
    symbols: /^[A-Za-z0-9.\-_=+]+$/.test(candidate),
    classes: /[A-Z]/.test(candidate) && /[a-z]/.test(candidate) && /[0-9]/.test(candidate),
    'not-current': context.current === undefined || candidate !== context.current,
    'no-login-id':
      context.loginId === undefined || !candidate.toLowerCase().includes(canonicalLoginId(context.loginId)),
  };
  return passwordRules[profile].filter((rule) => !keeps[rule]);
}
