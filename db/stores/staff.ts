/** スタッフ: the rental company's people. */
import { randomUUID } from 'node:crypto';
import type { MailAddress } from '../../domain/mail-address.ts';
import { done, refused, type Outcome } from '../../domain/outcome.ts';
import { inTransaction } from '../connect.ts';
import { firstRow } from '../raw.ts';
import { writeAudit } from './audit.ts';
import { hashPassword } from './passwords.ts';
import type { StaffRole } from './sessions.ts';

export interface NewStaff {
  address: MailAddress;
  name: string;
  role: StaffRole;
  /** Keeps the policy: the caller has judged it. */
  password: string;
}

/** Adds a staff person by the operator's hand. Refused when one with this address is there. */
export async function createStaff({
  address,
  name,
  role,
  password,
}: NewStaff): Promise<Outcome<{ id: string }, 'address-taken'>> {
  const hash = await hashPassword(password);
  return inTransaction(async (tx) => {
    const created = await firstRow<{ id: string }>(
      `insert into staff (id, address, address_canonical, name, role, password_hash) values ($1, $2, $3, $4, $5, $6)
       on conflict (address_canonical) where deleted_at is null do nothing returning id`,
      [randomUUID(), address.entered, address.canonical, name, role, hash],
      tx,
    );
    if (created === undefined) return refused('address-taken' as const);
    await writeAudit(tx, 'staff-created', { kind: 'operator' }, { subjectId: created.id, detail: { role } });
    return done(created);
  });
}
