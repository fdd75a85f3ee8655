/** Links as their mails carry them: the token is derived from the letter's facts, as the sender does. */
import { rows } from '../../db/raw.ts';
import { deriveLinkToken } from '../../db/stores/secrets.ts';
import type { LinkFacts } from '../../domain/letters.ts';
import type { LinkPurpose } from '../../domain/procedures.ts';

/** The tokens in all mails to a member with a link of this purpose, oldest mail first: a link mailed twice stands there twice. */
export async function tokensInMails(memberId: string, purpose: LinkPurpose): Promise<string[]> {
  const letters = await rows<{ link: LinkFacts }>(
    `select letter.facts->'link' as link from letters letter join links link on link.id = (letter.facts->'link'->>'linkId')::uuid
     where link.member_id = $1 and link.purpose = $2 order by letter.created_at, letter.id`,
    [memberId, purpose],
  );
  return letters.map(({ link }) => deriveLinkToken(link.purpose, link.linkId, link.keyId));
}

/** The same without repetition, newest link first. */
export async function mailedTokens(memberId: string, purpose: LinkPurpose): Promise<string[]> {
  return [...new Set(await tokensInMails(memberId, purpose))].reverse();
}

/** The newest of them. @throws Error when none was mailed */
export async function mailedToken(memberId: string, purpose: LinkPurpose): Promise<string> {
  const [newest] = await mailedTokens(memberId, purpose);
  if (newest === undefined) throw new Error(`no ${purpose} link was mailed`);
  return newest;
}

/** Moves the end of a member's open links and procedures, as if that much time had gone by. @param seconds negative: into the past */
export async function shiftLinks(memberId: string, seconds: number): Promise<void> {
  for (const table of ['links', 'procedures'] as const) {
    const open = table === 'links' ? `state = 'open'` : `ended_at is null`;
    await rows(
      `update ${table} set created_at = created_at + make_interval(secs => $2), expires_at = expires_at + make_interval(secs => $2)
       where member_id = $1 and ${open}`,
      [memberId, seconds],
    );
  }
  await rows(
    `update procedures set due_at = due_at + make_interval(secs => $2) where member_id = $1 and ended_at is null`,
    [memberId, seconds],
  );
}
