/** I11: after a password change exactly one of the old and the new one works, and the new one where a page said so. */
import { verifyPassword } from '../../../db/stores/passwords.ts';
import type { Ask, SeenPasswordChange, Violation } from './evidence.ts';

/** Judged by the stored hash, as the sign-in does: signing in for it would leave sessions, letters and audit lines. */
export async function checkPasswords(ask: Ask, changes: SeenPasswordChange[]): Promise<Violation[]> {
  const found: Violation[] = [];
  for (const { memberId, old, next, acknowledged } of changes) {
    const [member] = await ask<{ hash: string | null }>('select password_hash as hash from members where id = $1', [
      memberId,
    ]);
    const [oldWorks, nextWorks] = [await verifyPassword(member?.hash, old), await verifyPassword(member?.hash, next)];
    const say = (what: string) => void found.push({ invariant: 'I11', what: `${what}: ${memberId}` });
    if (oldWorks && nextWorks) say('the old and the new password work');
    else if (!oldWorks && !nextWorks) say('neither the old nor the new password works');
    else if (acknowledged && !nextWorks) say('told that it is changed, and the new password does not work');
  }
  return found;
}
