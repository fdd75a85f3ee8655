/** ログインID: one case and width policy everywhere, the throttle's key included (S79). */

/** The canonical form: NFKC, trimmed, lower case. What it can't be is decided by {@link isLoginId}. */
export function canonicalLoginId(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}

/** Whether a canonical text can be a ログインID: 4 to 32 of a–z, 0–9 . _ - (ours). */
export function isLoginId(canonical: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{3,31}$/.test(canonical);
}

export type LoginIdFault =
  'required' | 'login-id-short' | 'login-id-long' | 'login-id-characters' | 'login-id-beginning';

/** Why a canonical text can be no ログインID, for whoever gives one to a customer; undefined where it can. */
export function judgeLoginId(canonical: string): LoginIdFault | undefined {
  if (canonical === '') return 'required';
  if (isLoginId(canonical)) return undefined;
  if (!/^[a-z0-9._-]+$/.test(canonical)) return 'login-id-characters';
  if (canonical.length < 4) return 'login-id-short';
  return canonical.length > 32 ? 'login-id-long' : 'login-id-beginning';
}
