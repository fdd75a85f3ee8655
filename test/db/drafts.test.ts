/** 下書き and kept input: nothing typed is lost, and only its own member sees it (spec.md 見積・注文; security.md S30). */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import { deleteDraft, listDrafts, readDraft, saveDraft } from '../../db/stores/drafts.ts';
import { dropKeptInput, keepInput, readKeptInput } from '../../db/stores/kept-inputs.ts';
import { seal, unseal } from '../../db/stores/secrets.ts';
import type { DraftForm } from '../../domain/application/content.ts';
import { builtDelivery, builtOrderer, buildMember } from '../support/build.ts';
import { useStores } from '../support/stores.ts';

useStores();

const form: DraftForm = {
  kind: 'order',
  rentalClass: '',
  orderer: { ...builtOrderer, company: '　全角　％\\' },
  deliveries: [builtDelivery],
  items: [{ productCode: 'ＤＳＸ２', startsOn: '2月30日', endsOn: '', quantity: 'たくさん', delivery: '1' }],
  remarks: '',
  customerReference: '',
};

it('a draft gives back exactly what was typed, and the last save counts', async () => {
  const member = await buildMember();
  const draftId = randomUUID();

  await saveDraft(member.id, draftId, form);
  await saveDraft(member.id, draftId, { ...form, remarks: '最後' });

  expect(await readDraft(member.id, draftId)).toEqual({ ...form, remarks: '最後' });
  expect(await listDrafts(member.id)).toMatchObject([{ id: draftId, productCodes: ['ＤＳＸ２'] }]);
});

it('another member’s draft is as good as none, and can’t be overwritten or thrown away', async () => {
  const [mine, theirs] = [await buildMember(), await buildMember()];
  const draftId = randomUUID();
  await saveDraft(mine.id, draftId, form);

  await saveDraft(theirs.id, draftId, { ...form, remarks: '他人' });
  await deleteDraft(theirs.id, draftId);

  expect(await readDraft(theirs.id, draftId)).toBeUndefined();
  expect(await readDraft(mine.id, draftId)).toEqual(form);
});

it('a draft of more than thirty days ago is listed no more', async () => {
  const member = await buildMember();
  await saveDraft(member.id, randomUUID(), form);
  await rows(`update drafts set updated_at = now() - interval '30 days 1 second' where member_id = $1`, [member.id]);

  expect(await listDrafts(member.id)).toEqual([]);
});

it('kept input is sealed, given back to the same member and path only, for half an hour', async () => {
  const [mine, theirs] = [await buildMember(), await buildMember()];
  const fields: [string, string][] = [
    ['remarks', '秘密の備考'],
    ['remarks', ''],
  ];
  await keepInput(mine.id, '/apply', fields);

  const stored = await rows<{ text: string }>(
    `select encode(sealed, 'escape') as text from kept_inputs where member_id = $1`,
    [mine.id],
  );
  const given = [
    await readKeptInput(mine.id, '/apply'),
    await readKeptInput(theirs.id, '/apply'),
    await readKeptInput(mine.id, '/other'),
  ];
  await rows(`update kept_inputs set expires_at = now() where member_id = $1`, [mine.id]);

  expect(stored[0]?.text).not.toContain('remarks');
  expect(given).toEqual([fields, undefined, undefined]);
  expect(await readKeptInput(mine.id, '/apply')).toBeUndefined();
});

it('kept input that was sent is dropped', async () => {
  const member = await buildMember();
  await keepInput(member.id, '/apply', [['a', '1']]);

  await dropKeptInput(member.id, '/apply');

  expect(await readKeptInput(member.id, '/apply')).toBeUndefined();
});

it('a sealed text that was tampered with is not opened', () => {
  const sealed = seal('内容');
  const tampered = Buffer.from(sealed);
  tampered[tampered.length - 1] = (tampered.at(-1) ?? 0) ^ 1;

  expect(unseal(sealed)).toBe('内容');
  expect(() => unseal(tampered)).toThrow();
});
