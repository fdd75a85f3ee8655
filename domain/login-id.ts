/** ログインID: one case and width policy everywhere, the throttle's key included (S79). */

/** The canonical form: NFKC, trimmed, lower case. What it can't be is decided by {@link isLoginId}. */
export function canonicalLoginId(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}

/** Whether a canonical text can be a ログインID: 4 to 32 of a–z, 0–9 . _ - (ours). */
export function isLoginId(canonical: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{3,31}$/.test(canonical);
}
