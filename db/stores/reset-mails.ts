/** The mails of パスワード再設定: what is in them, and how many go to one member (S57). */
import { limits } from '../../runtime/limits.ts';
import type { Tx } from '../connect.ts';
import { firstRow } from '../raw.ts';
import { writeLetter } from './letters.ts';
import { openLink, type MailedLink } from './links.ts';
import type { Person } from './people.ts';

const KIND = 'password-reset';

/** From when on another one may go to a member; undefined for now. At most three an hour and twenty a day (S57). The member is locked. */
export async function noResetMailBefore(tx: Tx, memberId: string): Promise<Date | undefined> {
  const row = await firstRow<{ until: Date | null }>(
    `with mine as (
       select letter.created_at, row_number() over (order by letter.created_at desc) as nth
       from letters letter join procedures procedure on procedure.id = letter.subject_id
       where letter.kind = '${KIND}' and procedure.member_id = $1 and letter.created_at > now() - interval '24 hours')
     select greatest(
       (select created_at + interval '1 hour' from mine where nth = $2 and created_at > now() - interval '1 hour'),
       (select created_at + interval '24 hours' from mine where nth = $3)) as until`,
    [memberId, limits().resetMailsPerHour, limits().resetMailsPerDay],
    tx,
  );
  return row?.until ?? undefined;
}

export const openResetLink = (tx: Tx, procedureId: string, memberId: string): Promise<MailedLink> =>
  openLink(tx, { purpose: KIND, memberId, procedureId, lifetimeSeconds: limits().resetLinkSeconds });

/** @param occurrence `first`, the request that had it mailed once more, or `again-…` where the member pressed the button */
export async function mailReset(
  tx: Tx,
  id: string,
  person: Person,
  link: MailedLink,
  occurrence: string,
): Promise<void> {
  const member = await firstRow<{ stopped: boolean }>(
    `select password_hash is null as stopped from members where id = $1`,
    [person.id],
    tx,
  );
  await writeLetter(tx, {
    kind: KIND,
    subjectId: id,
    occurrence,
    recipient: person.address,
    facts: { company: person.company, name: person.name, stopped: member?.stopped === true, link: link.facts },
    sendBefore: link.expiresAt,
  });
}
