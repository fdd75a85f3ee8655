/** The demo data of the embedded default: as the README names it, whole, and written once. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { seedDemoData } from '../../db/demo/seed.ts';
import { rows } from '../../db/raw.ts';
import { readApplication } from '../../db/stores/applications.ts';
import { readHolidays } from '../../db/stores/calendar.ts';
import { takeIn } from '../../db/stores/intake.ts';
import { listNotices } from '../../db/stores/notices.ts';
import { findTypedProducts } from '../../db/stores/products.ts';
import { readMemberSession } from '../../db/stores/sessions.ts';
import { signInMember, signInStaff } from '../../db/stores/sign-in.ts';
import { jstDate } from '../../domain/jst.ts';
import { buildApplication, buildVisit } from '../support/build.ts';
import { useStores } from '../support/stores.ts';

useStores();

const visit = buildVisit();

beforeAll(async () => {
  await Promise.all([seedDemoData(), seedDemoData()]);
  await seedDemoData();
});

describe('sign-ins', () => {
  it.each([
    ['demo0001', 'tanto1@example.jp', 'full', true],
    ['demo0001', 'tanto2@example.jp', 'full', false],
    ['demo0001', 'tanto3@example.jp', 'code', false],
    ['demo0002', 'tanto1@example.jp', 'full', false],
  ])('%s %s reaches the stage %s, must change the password: %s', async (loginId, address, stage, mustChange) => {
    const outcome = await signInMember({ loginId, address, password: 'Kashi-2026' }, undefined, visit);

    const session = outcome.ok ? await readMemberSession(outcome.value.secret) : undefined;
    expect(outcome).toMatchObject({ ok: true, value: { stage } });
    expect(session?.mustChangePassword).toBe(mustChange);
  });

  it('staff@example.jp reaches the code stage', async () => {
    const outcome = await signInStaff({ address: 'staff@example.jp', password: 'Tehai-2026' }, undefined, visit);

    expect(outcome).toMatchObject({ ok: true, value: { stage: 'code' } });
  });
});

describe('applications', () => {
  it('stand in every state, more than a page of them, all sent before now', async () => {
    const found = await rows<{ state: string; n: number; past: boolean }>(
      `select coalesce(confirmation, intake) as state, count(*)::int as n, bool_and(coalesce(confirmation_at, applied_at) < now()) as past
       from applications join accounts on accounts.id = account_id where login_id = 'demo0001' group by 1 order by 1`,
    );

    expect(found.map(({ state }) => state)).toEqual(['accepted', 'arranged', 'failed', 'unable']);
    expect(found.reduce((sum, { n }) => sum + n, 0)).toBeGreaterThan(25);
    expect(found.filter(({ past }) => !past)).toEqual([]);
  });

  it('have timelines that tell the same as their states', async () => {
    const all = await rows<{ id: string }>(`select id from applications`);

    for (const { id } of all) {
      const application = await readApplication(undefined, { id });
      const { intake, confirmation, appliedAt, intakeAt, confirmationAt } = application ?? {};
      const expected = [
        { event: 'received', at: appliedAt },
        { event: intake === 'failed' ? 'intakeRefused' : 'intakeAccepted', at: intakeAt },
        ...(confirmation === null
          ? []
          : [{ event: confirmation === 'arranged' ? 'goodsArranged' : 'goodsUnavailable', at: confirmationAt }]),
      ];
      expect(application?.timeline).toEqual(expected);
      expect(application?.content.items.length).toBeGreaterThan(0);
      expect(application?.content.deliveries.length).toBe(1);
    }
  });

  it('that wait for staff have a flow to be started, the others none', async () => {
    const lines = await rows<{ state: string; event: string }>(
      `select distinct coalesce(confirmation, intake) as state, event from applications left join outbox on row_id = applications.id order by 1`,
    );

    expect(lines).toEqual([
      { state: 'accepted', event: 'start' },
      ...['arranged', 'failed', 'unable'].map((state) => ({ state, event: null })),
    ]);
  });

  it('hold order numbers that the next one does not collide with', async () => {
    const before = await rows<{ n: string }>(`select order_number as n from orders`);

    const next = await takeIn((await buildApplication()).id);

    expect(before.map(({ n }) => n)).not.toContain(next.orderNumber);
    expect(new Set(before.map(({ n }) => n)).size).toBe(before.length);
  });
});

it('the catalogue knows the products of the customer’s document', async () => {
  const count = await rows<{ n: number }>(
    `select count(*)::int as n from products where search_key like '%-%' and available`,
  );

  const typed = ['DSX2-8000', '光ファイバテープ単心分離具II'];
  expect([...(await findTypedProducts(typed)).values()].map(({ available }) => available)).toEqual([true, true]);
  expect(count[0]?.n).toBeGreaterThan(50);
});

it('the year’s end is closed, beside the national holidays', async () => {
  const year = Number(jstDate(new Date()).slice(0, 4));

  const days = await readHolidays(`${year}-12-28`, `${year + 1}-01-04`);

  expect(days).toEqual([
    `${year}-12-29`,
    `${year}-12-30`,
    `${year}-12-31`,
    `${year + 1}-01-01`,
    `${year + 1}-01-02`,
    `${year + 1}-01-03`,
  ]);
});

it('the first notice tells of the new sign-in', async () => {
  const [first] = await listNotices();

  expect(first?.title).toBe('ログイン方法の変更とセキュリティ強化のお知らせ');
  expect(first?.body).toContain('「ログインID」「メールアドレス」「パスワード」の3種類');
});

it('outside the embedded default it is refused', async () => {
  const given = {
    DEPLOYMENT_MODE: 'production',
    PUBLIC_ORIGIN: 'https://site.example',
    TEMPORAL_ADDRESS: 'temporal.example:7233',
    SMTP_URL: 'smtp://mail.example',
    SESSION_KEYS: 'k1:key',
    SECRET_KEYS: 'k1:key',
    PEPPER_KEYS: 'k1:key',
  };
  for (const [name, value] of Object.entries(given)) vi.stubEnv(name, value);
  vi.resetModules();
  const inProduction = await import('../../db/demo/seed.ts');

  await expect(inProduction.seedDemoData()).rejects.toThrow('demo data is for DEPLOYMENT_MODE=embedded only');
  vi.unstubAllEnvs();
});
