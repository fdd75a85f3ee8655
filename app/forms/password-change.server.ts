/** パスワード変更, as typed: the current password, and a new one that is judged like any other. */
import { z } from 'zod';
import type { NewPasswordFault } from '../components/new-password-fields.tsx';
import { judgeNewPassword, type PasswordOwner } from './new-password.server.ts';

export type PasswordFault = NewPasswordFault | { field: 'currentPassword'; fault: 'required' };

const schema = z.object({ currentPassword: z.string() });

export type JudgedPasswordChange = { ok: true; current: string; next: string } | { ok: false; faults: PasswordFault[] };

/**
 * Judges the three fields; every fault is told at once.
 * @throws Response 400 for what no form of ours posts
 */
export function judgePasswordChange(fields: Map<string, string>, owner: PasswordOwner): JudgedPasswordChange {
  const posted = schema.safeParse(Object.fromEntries(fields));
  if (!posted.success) throw new Response(null, { status: 400 });
  const current = posted.data.currentPassword;
  const judged = judgeNewPassword(fields, owner, current);
  const missing: PasswordFault[] = current === '' ? [{ field: 'currentPassword', fault: 'required' }] : [];
  if (judged.ok && missing.length === 0) return { ok: true, current, next: judged.next };
  return { ok: false, faults: [...missing, ...(judged.ok ? [] : judged.faults)] };
}
