/** パスワードをお忘れの方, as typed. Only its form is judged here: whether anybody has this pair is nothing the page may know (S03). */
import { z } from 'zod';
import { canonicalLoginId, isLoginId } from '../../domain/login-id.ts';
import { parseMailAddress, type MailAddress } from '../../domain/mail-address.ts';

const schema = z.object({ loginId: z.string(), address: z.string() });

export interface ForgottenPasswordFault {
  field: 'loginId' | 'address';
  fault: 'required' | 'malformed';
}

export type JudgedForgottenPassword =
  | { ok: true; loginId: string; address: MailAddress }
  | { ok: false; faults: ForgottenPasswordFault[]; typed: { loginId: string; address: string } };

/** @throws Response 400 for what no form of ours posts */
export function judgeForgottenPassword(fields: Map<string, string>): JudgedForgottenPassword {
  const posted = schema.safeParse(Object.fromEntries(fields));
  if (!posted.success) throw new Response(null, { status: 400 });
  const typed = posted.data;
  const address = parseMailAddress(typed.address);
  const faults: ForgottenPasswordFault[] = [];
  if (typed.loginId.trim() === '') faults.push({ field: 'loginId', fault: 'required' });
  else if (!isLoginId(canonicalLoginId(typed.loginId))) faults.push({ field: 'loginId', fault: 'malformed' });
  if (typed.address.trim() === '') faults.push({ field: 'address', fault: 'required' });
  else if (address === undefined) faults.push({ field: 'address', fault: 'malformed' });
  if (faults.length > 0 || address === undefined) return { ok: false, faults, typed };
  return { ok: true, loginId: typed.loginId, address };
}
