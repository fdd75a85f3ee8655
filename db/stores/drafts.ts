/** 下書き: a form as typed. Its id, minted by the browser's first GET, is the key of the application that comes of it. */
import type { DraftForm } from '../../domain/application/content.ts';
import { limits } from '../../runtime/limits.ts';
import { firstRow, rows } from '../raw.ts';

export interface DraftSummary {
  id: string;
  kind: string;
  updatedAt: Date;
  /** Product codes as typed, for telling drafts apart. */
  productCodes: string[];
}

/** A member's drafts that are not too old, newest first. */
export async function listDrafts(memberId: string): Promise<DraftSummary[]> {
  return rows<DraftSummary>(
    `select id, kind, updated_at as "updatedAt",
       (select coalesce(jsonb_agg(item ->> 'productCode') filter (where item ->> 'productCode' <> ''), '[]')
        from jsonb_array_elements(form -> 'items') item) as "productCodes"
     from drafts where member_id = $1 and updated_at > now() - make_interval(days => $2::int) order by updated_at desc limit 20`,
    [memberId, limits().draftDays],
  );
}

/** A member's own draft, or undefined: another member's draft is as good as none. */
export async function readDraft(memberId: string, draftId: string): Promise<DraftForm | undefined> {
  const row = await firstRow<{ form: DraftForm }>(`select form from drafts where member_id = $1 and id = $2`, [
    memberId,
    draftId,
  ]);
  return row?.form;
}

/** Saves a form; the last save counts. False when the draft was sent before: then nothing is saved. */
export async function saveDraft(memberId: string, draftId: string, form: DraftForm): Promise<boolean> {
  const saved = await firstRow<{ id: string }>(
    `insert into drafts (id, member_id, kind, form)
     select $1::uuid, $2::uuid, $3::text, $4::jsonb where not exists (select from applications where member_id = $2::uuid and draft_id = $1::uuid)
     on conflict (member_id, id) do update set kind = excluded.kind, form = excluded.form, updated_at = now() returning id`,
    [draftId, memberId, form.kind, JSON.stringify(form)],
  );
  return saved !== undefined;
}

/** Throws a draft away. */
export async function deleteDraft(memberId: string, draftId: string): Promise<void> {
  await rows(`delete from drafts where member_id = $1 and id = $2`, [memberId, draftId]);
}
