/** 見積・注文: nothing typed is lost, and one draft is one application whatever is clicked (spec.md; security.md S85, S58, S51). */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { loader as showConfirm, action as confirm } from '../../app/routes/apply.$draftId_.confirm.tsx';
import { loader as showReceipt } from '../../app/routes/apply.$draftId_.done.tsx';
import { action as press, loader as showInput } from '../../app/routes/apply.$draftId.tsx';
import { action as throwAway, loader as showList } from '../../app/routes/apply._index.tsx';
import type { SentAlreadyView } from '../../app/components/sent-already.tsx';
import { rows } from '../../db/raw.ts';
import { takeIn } from '../../db/stores/intake.ts';
import { keepInput } from '../../db/stores/kept-inputs.ts';
import { readDraft } from '../../db/stores/drafts.ts';
import type { DraftForm } from '../../domain/application/content.ts';
import { fieldsOf, formOfContent } from '../../domain/application/draft-form.ts';
import { limits } from '../../runtime/limits.ts';
import { buildContent, buildItem, buildMember, buildProduct } from '../support/build.ts';
import { useStores } from '../support/stores.ts';
import { answerOf, asked, memberContext, pressed, signedInMember, withoutTemporal } from '../support/web.ts';

useStores();
withoutTemporal({ submissionsPerMinute: 15 });

async function typedForm(over: Partial<DraftForm> = {}): Promise<DraftForm> {
  const { code, name } = await buildProduct();
  return { ...formOfContent(buildContent({ items: [buildItem({ productCode: code, productName: name })] })), ...over };
}

async function shownToConfirm(context: Awaited<ReturnType<typeof memberContext>>, draftId: string, form: DraftForm) {
  await press(asked(context, `/apply/${draftId}`, { draftId }, pressed(form, 'save')));
  const shown = await showConfirm(asked(context, `/apply/${draftId}/confirm`, { draftId }));
  const posted: [string, string][] = [...shown.fields, ['digest', shown.digest]];
  return { shown, submit: () => answerOf(confirm(asked(context, `/apply/${draftId}/confirm`, { draftId }, posted))) };
}

const applicationsOf = (memberId: string) =>
  rows<{ id: string }>('select id from applications where member_id = $1', [memberId]);

it('a new form is filled in from the account and writes nothing', async () => {
  const { member, context } = await signedInMember();
  const draftId = randomUUID();

  const shown = await showInput(asked(context, `/apply/${draftId}`, { draftId }));

  expect(shown.form.orderer).toMatchObject({ company: member.company, person: member.name, telephone: '03-0000-0000' });
  expect(await readDraft(member.id, draftId)).toBeUndefined();
});

it('every button keeps all that was typed and leads to a page that can be reloaded', async () => {
  const { member, context } = await signedInMember();
  const draftId = randomUUID();
  const form = await typedForm({ remarks: '　全角の備考' });

  const added = await answerOf(press(asked(context, `/apply/${draftId}`, { draftId }, pressed(form, 'add-row'))));
  expect(added).toMatchObject({ status: 303, location: `/apply/${draftId}#items[1].productCode` });
  const two = await readDraft(member.id, draftId);
  expect(two).toMatchObject({ remarks: '　全角の備考', items: [form.items[0], { quantity: '1' }] });

  await press(asked(context, `/apply/${draftId}`, { draftId }, pressed(two ?? form, 'remove-row:1')));
  await press(asked(context, `/apply/${draftId}`, { draftId }, pressed(form, 'choose:0:NEW-1')));
  expect((await readDraft(member.id, draftId))?.items).toMatchObject([{ productCode: 'NEW-1' }]);
});

it('the search of a row shows what it found without losing the form', async () => {
  const { context } = await signedInMember();
  const draftId = randomUUID();
  const { code, name } = await buildProduct();
  const form = await typedForm();
  const typed = { ...form, items: form.items.map((item) => ({ ...item, productCode: code.toLowerCase() })) };

  const answered = await answerOf(press(asked(context, `/apply/${draftId}`, { draftId }, pressed(typed, 'search:0'))));
  const shown = await showInput(asked(context, `/apply/${draftId}?search=0`, { draftId }));

  expect(answered.location).toBe(`/apply/${draftId}?search=0#items[0].productCode`);
  expect(shown.search).toMatchObject({ row: 0, result: { found: [{ code, name }] } });
  expect(shown.productNames).toEqual([name]);
});

it('a form that can’t be sent is refused with 422, kept as typed, and each error names its field', async () => {
  const { member, context } = await signedInMember();
  const draftId = randomUUID();
  const form = await typedForm();
  const wrong = { ...form, deliveries: form.deliveries.map((delivery) => ({ ...delivery, postalCode: '12' })) };

  const answered = await answerOf(press(asked(context, `/apply/${draftId}`, { draftId }, pressed(wrong, 'confirm'))));

  expect(answered).toMatchObject({ status: 422, data: { errors: [{ field: 'deliveries[0].postalCode' }] } });
  expect(await readDraft(member.id, draftId)).toEqual(wrong);
});

it('fields that the form doesn’t have reach nothing', async () => {
  const { member, context } = await signedInMember();
  const draftId = randomUUID();
  const form = await typedForm();
  const posted: [string, string][] = [
    ...pressed(form, 'save'),
    ['accountId', randomUUID()],
    ['items[0].productName', '別の名前'],
    ['__proto__.polluted', '1'],
  ];

  await press(asked(context, `/apply/${draftId}`, { draftId }, posted));

  expect(await readDraft(member.id, draftId)).toEqual(form);
});

it.each([
  ['a field that comes twice', [['remarks', 'もう一つ']]],
  ['NUL', [['extra', '\0']]],
] as [string, [string, string][]][])('%s is refused with 400', async (_, more) => {
  const { context } = await signedInMember();
  const draftId = randomUUID();
  const posted = [...pressed(await typedForm(), 'save'), ...more];

  expect(await answerOf(press(asked(context, `/apply/${draftId}`, { draftId }, posted)))).toMatchObject({
    status: 400,
  });
});

it('twelve submissions at once are one application, and all lead to the same receipt', async () => {
  const { member, context } = await signedInMember();
  const draftId = randomUUID();
  const { submit } = await shownToConfirm(context, draftId, await typedForm());

  const answers = await Promise.all(Array.from({ length: 12 }, submit));

  expect(new Set(answers.map(({ location }) => location))).toEqual(new Set([`/apply/${draftId}/done`]));
  expect(await applicationsOf(member.id)).toHaveLength(1);
});

it('the receipt shows 受付処理中, then 受付完了 with the order number; input and confirm page lead to it', async () => {
  const { member, context } = await signedInMember();
  const draftId = randomUUID();
  const { submit } = await shownToConfirm(context, draftId, await typedForm());
  await submit();
  const [sent] = await applicationsOf(member.id);
  const receipt = () => showReceipt(asked(context, `/apply/${draftId}/done`, { draftId }));

  expect(await receipt()).toMatchObject({ intake: 'received', orderNumber: null });
  await takeIn(sent?.id ?? '');
  expect(await receipt()).toMatchObject({
    intake: 'accepted',
    orderNumber: expect.stringMatching(/^\d{12}$/) as string,
  });

  for (const show of [showInput, showConfirm]) {
    const answered = await answerOf(show(asked(context, `/apply/${draftId}`, { draftId })));
    expect(answered).toMatchObject({ status: 302, location: `/apply/${draftId}/done` });
  }
});

it('the same content again leads to the same receipt even when its first day has passed meanwhile', async () => {
  const { member, context } = await signedInMember();
  const draftId = randomUUID();
  const { submit } = await shownToConfirm(context, draftId, await typedForm());
  await submit();
  await rows(`update application_items set starts_on = '2020-01-01', ends_on = '2020-01-02'`);

  expect(await submit()).toMatchObject({ status: 303, location: `/apply/${draftId}/done` });
  expect(await applicationsOf(member.id)).toHaveLength(1);
});

it('another content of a sent draft is a 409 with the receipt, the differences and a way on', async () => {
  const { member, context } = await signedInMember();
  const draftId = randomUUID();
  const form = await typedForm();
  const { submit } = await shownToConfirm(context, draftId, form);
  await submit();
  const other = { ...form, remarks: '急ぎです' };

  const answered = await answerOf(press(asked(context, `/apply/${draftId}`, { draftId }, pressed(other, 'confirm'))));

  expect(answered.status).toBe(409);
  const view = answered.data as SentAlreadyView;
  expect(view).toMatchObject({
    receipt: `/apply/${draftId}/done`,
    differences: [{ field: 'remarks', sent: '', typed: '急ぎです' }],
  });
  const fresh = view.anotherAction.slice('/apply/'.length);
  const copied = await answerOf(
    press(asked(context, view.anotherAction, { draftId: fresh }, [...view.fields, ['intent', 'confirm']])),
  );
  expect(copied.location).toBe(`/apply/${fresh}/confirm`);
  expect(await readDraft(member.id, fresh)).toEqual(other);
  expect(await applicationsOf(member.id)).toHaveLength(1);
});

it('the input page of a sent draft with nothing changed leads to the receipt', async () => {
  const { context } = await signedInMember();
  const draftId = randomUUID();
  const form = await typedForm();
  const { submit } = await shownToConfirm(context, draftId, form);
  await submit();
  const retyped = { ...form, orderer: { ...form.orderer, telephone: '０３−００００−００００' } };

  const answered = await answerOf(press(asked(context, `/apply/${draftId}`, { draftId }, pressed(retyped, 'confirm'))));

  expect(answered).toMatchObject({ status: 303, location: `/apply/${draftId}/done` });
});

it('a draft changed in another tab is shown again before it can be sent', async () => {
  const { member, context } = await signedInMember();
  const draftId = randomUUID();
  const form = await typedForm();
  const { submit } = await shownToConfirm(context, draftId, form);
  const changed = await shownToConfirm(context, draftId, { ...form, remarks: '別のタブ' });

  expect(await submit()).toMatchObject({ status: 409 });
  expect(await applicationsOf(member.id)).toEqual([]);
  expect(await changed.submit()).toMatchObject({ status: 303 });
});

it('too many submissions in a minute are told to wait, and nothing is lost', async () => {
  const { member, context } = await signedInMember();
  const form = await typedForm();
  let last: Awaited<ReturnType<typeof answerOf>> | undefined;
  let draftId = '';

  for (let n = 0; n <= limits().submissionsPerMinute; n += 1) {
    draftId = randomUUID();
    last = await (await shownToConfirm(context, draftId, form)).submit();
  }

  expect(last?.status).toBe(429);
  expect(Number(last?.retryAfter)).toBeGreaterThan(0);
  expect(await readDraft(member.id, draftId)).toEqual(form);
  expect(await applicationsOf(member.id)).toHaveLength(limits().submissionsPerMinute);
});

it('what was typed before the session ended stands in the form again, for the same member only', async () => {
  const { member, context } = await signedInMember();
  const other = await memberContext(await buildMember());
  const draftId = randomUUID();
  const form = await typedForm({ remarks: 'もう一度' });
  await keepInput(member.id, `/apply/${draftId}`, [...fieldsOf(form), ['intent', 'confirm']]);

  const shown = await showInput(asked(context, `/apply/${draftId}`, { draftId }));
  expect(shown).toMatchObject({ restored: true, form });
  expect(await showInput(asked(other, `/apply/${draftId}`, { draftId }))).toMatchObject({ restored: false });

  await press(asked(context, `/apply/${draftId}`, { draftId }, pressed(form, 'save')));
  expect(await showInput(asked(context, `/apply/${draftId}`, { draftId }))).toMatchObject({ restored: false, form });
});

it('drafts are listed and thrown away by their own member only', async () => {
  const { context } = await signedInMember();
  const other = await memberContext(await buildMember());
  const draftId = randomUUID();
  await press(asked(context, `/apply/${draftId}`, { draftId }, pressed(await typedForm(), 'save')));
  const drafts = async () => (await showList(asked(context, '/apply', {}))).drafts.map(({ id }) => id);

  await throwAway(asked(other, '/apply', {}, [['draftId', draftId]]));
  expect(await drafts()).toEqual([draftId]);
  await throwAway(asked(context, '/apply', {}, [['draftId', draftId]]));
  expect(await drafts()).toEqual([]);
});

it('without a session every page of an order leads to the sign-in', async () => {
  const { context } = await signedInMember();
  const nobody = { ...context, member: undefined };
  const draftId = randomUUID();

  const tried: (() => Promise<unknown>)[] = [
    () => showInput(asked(nobody, `/apply/${draftId}`, { draftId })),
    () => press(asked(nobody, `/apply/${draftId}`, { draftId }, [['intent', 'save']])),
    () => showConfirm(asked(nobody, `/apply/${draftId}/confirm`, { draftId })),
    () => confirm(asked(nobody, `/apply/${draftId}/confirm`, { draftId }, [])),
    () => showReceipt(asked(nobody, `/apply/${draftId}/done`, { draftId })),
  ];
  for (const work of tried) expect((await answerOf(work())).location).toMatch(/^\/login\?returnTo=/);
});
