/** The page behind either link that lets somebody choose a password: パスワード再設定 and パスワード設定. */
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import type { DeadLink } from '../../domain/procedures.ts';
import { firstRow } from '../raw.ts';
import { readLink } from './links.ts';

/** Whose password it is; `company` and `address` are what a new password is judged by, too. */
export interface PasswordPage {
  loginId: string;
  company: string;
  address: string;
  reference: string;
  expiresAt: Date;
}

/** Looks at the link without using it (S17). */
export async function readPasswordPage(
  purpose: 'password-reset' | 'password-setup',
  token: string,
): Promise<Outcome<PasswordPage, DeadLink>> {
  const link = await readLink(purpose, token);
  if (!link.ok) return link;
  const { memberId, reference, expiresAt } = link.value;
  const row = await firstRow<Pick<PasswordPage, 'loginId' | 'company' | 'address'>>(
    `select account.login_id as "loginId", account.company, member.address
     from members member join accounts account on account.id = member.account_id
     where member.id = $1 and member.deleted_at is null`,
    [memberId],
  );
  return row === undefined ? refused('cancelled') : done({ ...row, reference, expiresAt });
}
