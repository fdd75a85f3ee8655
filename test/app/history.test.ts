/** 「申込履歴」: filters and sorts by the address, and nobody else's applications (spec.md; security.md S41, S42, S48). */
import { expect, it } from 'vitest';
import { loader as showApplication } from '../../app/routes/account.applications.$applicationNumber.tsx';
import { loader as showList } from '../../app/routes/account.applications._index.tsx';
import { buildApplication, buildMember } from '../support/build.ts';
import { useStores } from '../support/stores.ts';
import { answerOf, asked, memberContext, signedInMember } from '../support/web.ts';

useStores();

type Context = Awaited<ReturnType<typeof memberContext>>;

const list = (context: Context, search = '') => showList(asked(context, `/account/applications${search}`, {}));

const numbers = async (context: Context, search = '') =>
  (await list(context, search)).found.map(({ applicationNumber }) => applicationNumber);

async function threeApplications() {
  const { member, context } = await signedInMember();
  const [first, second, third] = [
    await buildApplication({ member, state: 'arranged', appliedAt: new Date('2022-04-12T14:59:00Z') }),
    await buildApplication({ member, state: 'accepted', appliedAt: new Date('2022-04-12T15:01:00Z') }),
    await buildApplication({ member, state: 'failed', appliedAt: new Date('2022-05-01T00:00:00Z') }),
  ] as const;
  return { context, first, second, third };
}

it('lists the newest first, with the number of all and JST times', async () => {
  const { context, first, second, third } = await threeApplications();

  const shown = await list(context);

  expect(shown).toMatchObject({ total: 3, page: 1, last: 1, sort: 'applied', direction: 'down' });
  expect(shown.found.map(({ applicationNumber }) => applicationNumber)).toEqual([
    third.applicationNumber,
    second.applicationNumber,
    first.applicationNumber,
  ]);
  expect(shown.found[2]?.appliedAt).toBe('2022/04/12 23:59');
});

it('filters by each field; both ends of 抽出期間 are JST days and count', async () => {
  const { context, first, second, third } = await threeApplications();

  expect(await numbers(context, '?from=2022-04-12&to=2022-04-12')).toEqual([first.applicationNumber]);
  expect(await numbers(context, '?from=2022-04-13&to=2022-04-30')).toEqual([second.applicationNumber]);
  expect(await numbers(context, '?confirmation=arranged')).toEqual([first.applicationNumber]);
  expect(await numbers(context, '?confirmation=none')).toEqual([third.applicationNumber, second.applicationNumber]);
  expect(await numbers(context, '?kind=quote')).toEqual([]);
  expect(await numbers(context, `?orderNumber=${second.orderNumber ?? ''}`)).toEqual([second.applicationNumber]);
});

it('sorts both ways, blanks last', async () => {
  const { context, first, second, third } = await threeApplications();

  expect(await numbers(context, '?sort=applied&direction=up')).toEqual([
    first.applicationNumber,
    second.applicationNumber,
    third.applicationNumber,
  ]);
  for (const direction of ['up', 'down']) {
    expect((await numbers(context, `?sort=order-number&direction=${direction}`)).at(-1)).toBe(third.applicationNumber);
  }
});

it('a filter that can’t be used is left out and named; the rest still counts', async () => {
  const { context, first } = await threeApplications();

  const shown = await list(
    context,
    '?kind=x&from=2022-02-30&orderNumber=%25&confirmation=arranged&sort=;drop&page=9999999',
  );

  expect(shown.ignored).toEqual(['kind', 'from', 'orderNumber']);
  expect(shown.found.map(({ applicationNumber }) => applicationNumber)).toEqual([first.applicationNumber]);
  expect(shown).toMatchObject({
    page: 1,
    sort: 'applied',
    direction: 'down',
    search: 'confirmation=arranged&sort=applied&direction=down',
  });
});

it('a page past the end shows the last one', async () => {
  const { member, context } = await signedInMember();
  for (let n = 0; n < 21; n += 1) await buildApplication({ member });

  const shown = await list(context, '?page=3');

  expect(shown).toMatchObject({ total: 21, page: 2, last: 2 });
  expect(shown.found).toHaveLength(1);
});

it.each(['?kind=order&kind=quote', '?orderNumber=%00'])('%s is refused with 400', async (search) => {
  const { context } = await signedInMember();

  expect(await answerOf(list(context, search))).toMatchObject({ status: 400 });
});

it('an application shows what was sent, by whom, and every step', async () => {
  const member = await buildMember({ userName: 'テスト担当者9' });
  const sent = await buildApplication({ member, state: 'unable' });
  const { applicationNumber } = sent;

  const shown = await showApplication(
    asked(await memberContext(member), `/account/applications/${applicationNumber}`, { applicationNumber }),
  );

  expect(shown).toMatchObject({ applicant: 'テスト担当者9', reason: '在庫がございません', content: sent.content });
  expect(shown.timeline.map(({ text }) => text)).toEqual([
    'お申し込みを受け取りました',
    '受付完了',
    '手配できませんでした',
  ]);
});

it('another account’s application answers exactly like one that doesn’t exist', async () => {
  const { context } = await signedInMember();
  const { applicationNumber } = await buildApplication();
  const show = (number: string) =>
    answerOf(showApplication(asked(context, '/account/applications/x', { applicationNumber: number })));

  const theirs = await show(applicationNumber);

  expect(theirs.status).toBe(404);
  expect(theirs).toEqual(await show('A33333333'));
  expect(await numbers(context)).toEqual([]);
});
