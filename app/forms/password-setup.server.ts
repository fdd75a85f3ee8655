/** パスワード設定, as typed: ユーザ名 and a first password. */
import { z } from 'zod';
import { judgeUserName, type UserNameFault } from '../../domain/user-name.ts';
import type { NewPasswordFault } from '../components/new-password-fields.tsx';
import { judgeNewPassword, type PasswordOwner } from './new-password.server.ts';

export type SetupFault = NewPasswordFault | { field: 'userName'; fault: UserNameFault };

export type JudgedSetup =
  { ok: true; input: { userName: string; password: string } } | { ok: false; faults: SetupFault[]; userName: string };

const schema = z.object({ userName: z.string() });

/**
 * Judges all fields; every fault is told at once, and the typed name comes back.
 * @throws Response 400 for what no form of ours posts
 */
export function judgeSetup(fields: Map<string, string>, owner: PasswordOwner): JudgedSetup {
  const posted = schema.safeParse(Object.fromEntries(fields));
  if (!posted.success) throw new Response(null, { status: 400 });
  const name = judgeUserName(posted.data.userName);
  const password = judgeNewPassword(fields, owner);
  if (name.ok && password.ok) return { ok: true, input: { userName: name.value, password: password.next } };
  const faults: SetupFault[] = name.ok ? [] : [{ field: 'userName', fault: name.reason }];
  return { ok: false, faults: [...faults, ...(password.ok ? [] : password.faults)], userName: posted.data.userName };
}
