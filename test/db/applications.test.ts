/** 申込: one draft, one application; a number each; one letter a step (security.md S48, S84, S85; faults.md I1–I4). */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import { findApplicationOfDraft, readApplication, submitApplication } from '../../db/stores/applications.ts';
import { readDraft, saveDraft } from '../../db/stores/drafts.ts';
import { readApplicationStanding, takeIn } from '../../db/stores/intake.ts';
import { linesOf } from '../../db/stores/outbox.ts';
import { applicationNumberPattern } from '../../domain/application/numbers.ts';
import { jstMonth } from '../../domain/jst.ts';
import {
  buildApplication,
  buildContent,
  buildItem,
  buildMember,
  buildProduct,
  buildVisit,
  jstDay,
} from '../support/build.ts';
import { repeats } from '../support/runs.ts';
import { useStores } from '../support/stores.ts';

useStores();

const visit = buildVisit();
const idsOf = (memberId: string) =>
  rows<{ id: string }>(`select id from applications where member_id = $1`, [memberId]);
const lettersOf = (id: string) =>
  rows<{ kind: string; recipient: string }>(
    `select kind, recipient from letters where subject_id = $1 order by created_at, kind`,
    [id],
  );

describe('submitting', () => {
  it('fifty submissions of one draft at once are one application', async () => {
    for (let round = 0; round < repeats(3, 200); round += 1) {
      const member = await buildMember();
      const draftId = randomUUID();
      const content = buildContent();

      const outcomes = await Promise.all(
        Array.from({ length: 50 }, () => submitApplication(member, draftId, content, visit)),
      );

      const ids = new Set(outcomes.map((outcome) => outcome.ok && outcome.value.id));
      const stored = await idsOf(member.id);
      expect(stored).toHaveLength(1);
      expect([...ids]).toEqual([stored[0]?.id]);
      expect(outcomes.filter((outcome) => outcome.ok && outcome.value.fresh)).toHaveLength(1);
      expect(await linesOf(stored[0]?.id ?? '')).toMatchObject([{ event: 'start' }]);
    }
  });

  it('the same draft with another content is refused with the receipt of the first', async () => {
    const member = await buildMember();
    const draftId = randomUUID();
    const first = await submitApplication(member, draftId, buildContent(), visit);

    const second = await submitApplication(member, draftId, buildContent({ remarks: '追記' }), visit);

    expect(second).toEqual({ ok: false, reason: 'other-content', id: first.ok && first.value.id });
    expect(await idsOf(member.id)).toHaveLength(1);
  });

  it('the same draft id of another member is another application', async () => {
    const [one, two] = [await buildMember(), await buildMember()];
    const draftId = randomUUID();

    const first = await submitApplication(one, draftId, buildContent(), visit);
    const second = await submitApplication(two, draftId, buildContent({ remarks: '別の申込' }), visit);

    expect([first, second].map((outcome) => outcome.ok && outcome.value.fresh)).toEqual([true, true]);
  });

  it('a submission stores the whole content, starts a timeline and uses the draft up', async () => {
    const member = await buildMember();
    const draftId = randomUUID();
    const form = {
      kind: 'order',
      rentalClass: 'short',
      orderer: buildContent().orderer,
      deliveries: [],
      items: [],
      remarks: '',
      customerReference: '',
    };
    await saveDraft(member.id, draftId, form);
    const content = buildContent({
      items: [buildItem(), buildItem({ productCode: 'TBS-02', quantity: 999 })],
      remarks: '一行目\n二行目',
      customerReference: 'PO-1',
    });

    const sent = await submitApplication(member, draftId, content, visit);
    const id = sent.ok ? sent.value.id : '';
    const saved = await saveDraft(member.id, draftId, form);

    const application = await readApplication(member.accountId, { id });
    expect(application?.content).toEqual(content);
    expect(application?.applicationNumber).toMatch(applicationNumberPattern);
    expect(application).toMatchObject({
      intake: 'received',
      orderNumber: null,
      memberName: member.name,
      timeline: [{ event: 'received' }],
    });
    expect(await findApplicationOfDraft(member.id, draftId)).toMatchObject({ id });
    expect(saved).toBe(false);
    expect(await readDraft(member.id, draftId)).toBeUndefined();
  });

  it('another account’s application is as good as none, by id and by number', async () => {
    const application = await buildApplication();
    const other = await buildMember();

    expect(await readApplication(other.accountId, { id: application.id })).toBeUndefined();
    expect(
      await readApplication(other.accountId, { applicationNumber: application.applicationNumber }),
    ).toBeUndefined();
    expect(await readApplication(undefined, { applicationNumber: application.applicationNumber })).toMatchObject({
      id: application.id,
    });
  });
});

describe('intake', () => {
  it('twenty runs of one intake at once draw one number and write one letter', async () => {
    const application = await buildApplication();

    const standings = await Promise.all(Array.from({ length: 20 }, () => takeIn(application.id)));

    const orders = await rows<{ orderNumber: string }>(
      `select order_number as "orderNumber" from orders where application_id = $1`,
      [application.id],
    );
    expect(orders).toHaveLength(1);
    expect(standings).toEqual(standings.map(() => ({ state: 'accepted', orderNumber: orders[0]?.orderNumber })));
    expect((await lettersOf(application.id)).map(({ kind }) => kind)).toEqual(['application-accepted']);
    expect((await readApplication(undefined, { id: application.id }))?.timeline.map(({ event }) => event)).toEqual([
      'received',
      'intakeAccepted',
    ]);
  });

  it('two hundred intakes at once draw two hundred numbers of the month', async () => {
    const member = await buildMember();
    const product = await buildProduct();
    const content = buildContent({ items: [buildItem({ productCode: product.code })] });
    const count = repeats(60, 200);
    const sent = await Promise.all(
      Array.from({ length: count }, () => submitApplication(member, randomUUID(), content, visit)),
    );

    const standings = await Promise.all(sent.map((outcome) => takeIn(outcome.ok ? outcome.value.id : '')));

    const numbers = standings.map(({ orderNumber }) => orderNumber ?? '');
    expect(new Set(numbers).size).toBe(count);
    expect(numbers.filter((number) => !/^\d{6}[1-9]\d{5}$/.test(number))).toEqual([]);
  });

  it('a number carries the month of 申込日時 in Japan, not that of the intake', async () => {
    const application = await buildApplication({
      appliedAt: new Date('2026-12-31T15:00:00Z'),
      content: {
        items: [buildItem({ productCode: (await buildProduct()).code, startsOn: '2027-01-05', endsOn: '2027-01-20' })],
      },
    });

    const { orderNumber } = await takeIn(application.id);

    expect(orderNumber).toBe('202701100001');
  });

  it('past the last serial of a month the intake fails loudly and leaves the application as it was', async () => {
    const first = await buildApplication({ state: 'accepted' });
    const month = jstMonth(first.appliedAt);
    const [before] = await rows<{ last: number }>(`select last from order_serials where month = $1`, [month]);
    await rows(`update order_serials set last = 999998 where month = $1`, [month]);
    const [last, beyond] = [await buildApplication(), await buildApplication()];

    const drawn = await takeIn(last.id);
    const failure = takeIn(beyond.id);

    await expect(failure).rejects.toThrow(/order_serials_range/);
    expect(drawn.orderNumber).toBe(`${month}999999`);
    expect(await readApplicationStanding(beyond.id)).toMatchObject({ state: 'received', orderNumber: null });
    expect(await lettersOf(beyond.id)).toEqual([]);
    await rows(`update order_serials set last = $2 where month = $1`, [month, before?.last]);
    expect(await takeIn(beyond.id)).toMatchObject({ state: 'accepted' });
  });

  it('a discontinued product is refused for good, with its reason, a letter and no number', async () => {
    const application = await buildApplication({ state: 'failed' });

    const again = await takeIn(application.id);

    expect(application).toMatchObject({ intake: 'failed', intakeRefusal: 'product-discontinued', orderNumber: null });
    expect(again).toEqual({ state: 'failed', orderNumber: null });
    expect((await lettersOf(application.id)).map(({ kind }) => kind)).toEqual(['application-failed']);
  });

  it('date rules are judged on 申込日時, however late the intake comes', async () => {
    const items = [buildItem({ productCode: (await buildProduct()).code, startsOn: jstDay(-10), endsOn: jstDay(5) })];
    const sentThen = await buildApplication({ content: { items }, appliedAt: new Date(Date.now() - 11 * 86_400_000) });
    const sentNow = await buildApplication({ content: { items } });

    expect((await takeIn(sentThen.id)).state).toBe('accepted');
    expect((await takeIn(sentNow.id)).state).toBe('failed');
  });

  it('the letter goes to the member who applied, or to all members in use where that one is deleted', async () => {
    const applicant = await buildMember();
    const account = {
      id: applicant.accountId,
      loginId: applicant.loginId,
      company: applicant.company,
      customerNumber: '',
    };
    const colleague = await buildMember({ account });
    await buildMember({ account, password: null });
    const toApplicant = await buildApplication({ member: applicant, state: 'accepted' });
    const toAll = await buildApplication({ member: applicant });
    await rows(`update members set deleted_at = now() where id = $1`, [applicant.id]);

    await takeIn(toAll.id);

    expect(await lettersOf(toApplicant.id)).toEqual([{ kind: 'application-accepted', recipient: applicant.address }]);
    expect(await lettersOf(toAll.id)).toEqual([{ kind: 'application-accepted', recipient: colleague.address }]);
  });
});
