/** How many wrong codes and code mails a person may have (S07, S10), and staff's way to end the wait after wrong ones. */
import { limits } from '../../runtime/limits.ts';
import type { Tx } from '../connect.ts';
import { firstRow, rows } from '../raw.ts';
import type { PersonKind } from './sessions.ts';

/** Challenges whose wrong codes count: of the last 24 hours, and none from before a completed reset. */
const COUNTED_LATELY = `created_at > greatest(now() - interval '24 hours',
  (select max(ended_at) from procedures where procedures.member_id = challenges.member_id and kind = 'password-reset' and state = 'completed'))`;

/**
 * The challenges of person `$1` whose wrong codes count where the known device, or none, is `$2`. A known device counts apart, so that
 * nobody who has only the password keeps its owner from a code (S07).
 */
const COUNTED_CHALLENGES = `(member_id = $1 or staff_id = $1) and device_digest is not distinct from $2::bytea and ${COUNTED_LATELY}`;

/** The wrong codes of a challenge that count: staff's unlock forgives those before it. */
const COUNTED_CODES = `(tries - forgiven - case when state = 'accepted' then 1 else 0 end)`;

/** Whether a person's wrong codes of a day are used up in this known device, or in all others (null). The person is locked. */
export async function wrongCodesAreUsedUp(tx: Tx, personId: string, device: Buffer | null): Promise<boolean> {
  const wrong = await firstRow<{ n: number }>(
    `select coalesce(sum(${COUNTED_CODES}), 0)::int as n from challenges where ${COUNTED_CHALLENGES}`,
    [personId, device],
    tx,
  );
  return (wrong?.n ?? 0) >= limits().codeWrongPerDay;
}

/** Until when this person gets no new code: 20 wrong codes in 24 h (S07) or 10 code mails in an hour (S10). */
export async function codeLockEnd(
  tx: Tx,
  person: { kind: PersonKind; id: string },
  device: Buffer | null,
): Promise<Date | undefined> {
  const l = limits();
  const row = await firstRow<{ until: Date | null }>(
    `with mine as (select * from challenges where (member_id = $1 or staff_id = $1) and created_at > now() - interval '24 hours')
     select greatest(
       (select min(created_at) + interval '24 hours' from challenges where ${COUNTED_CHALLENGES} and ${COUNTED_CODES} > 0
          having sum(${COUNTED_CODES}) >= $3),
       (select min(mailed_at) + interval '1 hour' from mine where mailed_at > now() - interval '1 hour'
          having sum(1 + resends) >= $4)) as until`,
    [person.id, device, l.codeWrongPerDay, l.codeMailsPerHour],
    tx,
  );
  return row?.until ?? undefined;
}

/** Which of these members get no code because of wrong ones (S07), in some known device or in any other. */
export async function whoIsCodeLocked(memberIds: readonly string[]): Promise<Set<string>> {
  const locked = await rows<{ id: string }>(
    `select distinct member_id as id from challenges where member_id = any($1::uuid[]) and ${COUNTED_LATELY}
     group by member_id, device_digest having sum(${COUNTED_CODES}) >= $2`,
    [memberIds, limits().codeWrongPerDay],
  );
  return new Set(locked.map(({ id }) => id));
}

/**
 * Staff ended the waits: no wrong code typed until now counts any more, in any browser. How many mails go out in an hour stays as it is: that
 * protects the mailbox. The member is locked.
 */
export async function forgiveWrongCodes(tx: Tx, memberId: string): Promise<void> {
  await rows(
    `update challenges set forgiven = forgiven + ${COUNTED_CODES}
     where member_id = $1 and created_at > now() - interval '24 hours' and ${COUNTED_CODES} > 0`,
    [memberId],
    tx,
  );
}
