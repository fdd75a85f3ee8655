/** Tells a member what was changed of their 登録情報. */
import { randomUUID } from 'node:crypto';
import type { RegistrationChange } from '../../domain/letters.ts';
import type { Tx } from '../connect.ts';
import { firstRow } from '../raw.ts';
import { writeLetter } from './letters.ts';
import { readPerson } from './people.ts';

/** Writes the letter in the transaction of the change: greeted by the name as it is now. */
export async function tellOfRegistration(tx: Tx, memberId: string, changes: RegistrationChange[]): Promise<void> {
  const person = await readPerson(tx, { kind: 'member', id: memberId });
  const clock = await firstRow<{ at: Date }>(`select now() as at`, [], tx);
  if (clock === undefined) throw new Error('no clock');
  await writeLetter(tx, {
    kind: 'registration-changed',
    subjectId: memberId,
    occurrence: randomUUID(),
    recipient: person.address,
    facts: { company: person.company, name: person.name, changedAt: clock.at.toISOString(), changes },
  });
}
