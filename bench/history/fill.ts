/**
 * Three years of applications in a migrated database, written set by set with every constraint, index and trigger in place: an account's
 * rows lie scattered among everybody's, as life leaves them.
 */
import pg from 'pg';

export interface Filling {
  /** In the whole table. */
  applications: number;
  /** Of each account but the great one. */
  perAccount: number;
  /** Every how many applications one is the great account's; undefined: there is none. */
  greatEvery: number | undefined;
}

/** Whose history is looked at. */
export interface Holder {
  accountId: string;
  memberId: string;
  applications: number;
  /** One of its own. */
  orderNumber: string;
}

export interface Filled {
  /** An account of `perAccount` applications. */
  equal: Holder;
  great: Holder | undefined;
}

/** Fills the database and tidies it as autovacuum would. @param ownerUrl of the role that owns the tables */
export async function fillApplications(ownerUrl: string, filling: Filling): Promise<Filled> {
  const { applications, perAccount, greatEvery } = filling;
  const greats = greatEvery === undefined ? 0 : Math.floor(applications / greatEvery);
  const accounts = (applications - greats) / perAccount;
  if (!Number.isInteger(accounts)) throw new Error('the applications do not come out even over the accounts');
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  try {
    await pool.query(PEOPLE, [accounts]);
    await pool.query(PLACES);
    await pool.query(PLAN_TABLE);
    await pool.query(PLAN, [applications, accounts, greatEvery ?? null]);
    await pool.query(APPLICATIONS);
    await Promise.all([inTurn(pool, CONTENTS_AND_ORDERS), inTurn(pool, COURSES)]);
    const equal = await holder(pool, 1);
    const great = greatEvery === undefined ? undefined : await holder(pool, 0);
    await pool.query('drop table bench_plan, bench_places');
    await pool.query('vacuum analyze');
    return { equal, great };
  } finally {
    await pool.end();
  }
}

async function inTurn(pool: pg.Pool, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await pool.query(statement);
}

async function holder(pool: pg.Pool, account: number): Promise<Holder> {
  const { rows } = await pool.query<Holder>(
    `select account_id as "accountId", member_id as "memberId",
       (select count(*)::int from applications where applications.account_id = bench_places.account_id) as applications,
       (select max(order_number) from applications where applications.account_id = bench_places.account_id) as "orderNumber"
     from bench_places where account = $1`,
    [account],
  );
  const [found] = rows;
  if (found === undefined) throw new Error('the filled account is missing');
  return found;
}

/** Account 0 is the great one. */
const PEOPLE = `
  with account as (
    insert into accounts (login_id, company, department, postal_code, address, telephone)
    select 'bench' || lpad(n::text, 6, '0'), '株式会社テスト電設', '設備部', '100-0001', '東京都千代田区千代田1-1', '03-0000-0000'
    from generate_series(0, $1::int) n returning id
  ), member as (
    insert into members (account_id, slot, address, address_canonical, user_name)
    select id, 1, 'tanto1@example.jp', 'tanto1@example.jp', 'テスト担当者1' from account
  )
  insert into staff (address, address_canonical, name, role, password_hash)
  values ('staff@example.jp', 'staff@example.jp', 'テストスタッフ1', 'coordinator', '')`;

const PLACES = `
  create unlogged table bench_places as
  select right(account.login_id, 6)::int as account, account.id as account_id, member.id as member_id
  from accounts account join members member on member.account_id = account.id where account.login_id like 'bench%'`;

const PLAN_TABLE = `
  create unlogged table bench_plan (
    id uuid, n int, account_id uuid, member_id uuid, kind text, state text, order_number text, applied_at timestamptz,
    taken_at timestamptz, answered_at timestamptz
  )`;

/**
 * $1 applications, $2 accounts beside the great one, $3 every how many is the great one's. Kinds and states follow from the place in the
 * account's own list, so that accounts of one size are alike in every database; the newest of the first five accounts wait for staff.
 */
const PLAN = `
  insert into bench_plan
  with placed as (
    select n, case when n % $3 = 0 then 0 else 1 + (n - coalesce(n / $3, 0) - 1) % $2::int end as account,
      now() - interval '3 years' * (1 - (n - 1)::float8 / $1::int) - interval '1 hour' as applied_at
    from generate_series(1, $1::int) n
  ), listed as (
    select *, row_number() over (partition by account order by n)::int as place, count(*) over (partition by account)::int as places
    from placed
  ), judged as (
    select *, case when account between 1 and 5 and place > places - 20 then 'accepted' when place % 20 = 3 then 'failed' when place % 20 = 9 then 'unable'
        else 'arranged' end as state,
      (array['order', 'order', 'quote', 'order', 'order-correction', 'order', 'quote-and-order', 'order', 'equipment-exchange', 'order',
        'cancellation'])[1 + place % 11] as kind,
      to_char(applied_at at time zone 'Asia/Tokyo', 'YYYYMM') as month
    from listed
  )
  select gen_random_uuid(), n, bench_places.account_id, bench_places.member_id, kind, state,
    case when state <> 'failed' then month || (100000 + row_number() over (partition by month order by n))::text end,
    applied_at, applied_at + interval '2 seconds',
    case when state in ('arranged', 'unable') then applied_at + interval '95 minutes' end
  from judged join bench_places using (account) order by n`;

/** 申込番号: the number's digits to the base of 25 after a factor that shares nothing with 25, so that each is drawn once. */
const APPLICATIONS = `
  insert into applications (id, application_number, account_id, member_id, draft_id, kind, content_digest, applied_at, rental_class, orderer,
    remarks, intake, intake_at, intake_refusal, order_number, confirmation, confirmation_at, confirmation_reason)
  select id,
    'A' || (select string_agg(substr('34679ACDEFGHJKMNPQRTUVWXY', (1 + div(n * 92821000003::numeric, 25::numeric ^ digit) % 25)::int, 1), '')
            from generate_series(0, 7) digit),
    account_id, member_id, gen_random_uuid(), kind, sha256(n::text::bytea), applied_at, 'short',
    jsonb_build_object('company', '株式会社テスト電設', 'department', '設備部', 'person', 'テスト担当者1', 'postalCode', '100-0001',
      'address', '東京都千代田区千代田1-1', 'telephone', '03-0000-0000', 'fax', ''),
    case when n % 5 = 0 then '午前中の受け取りを希望します。' else '' end,
    case when state = 'failed' then 'failed' else 'accepted' end, taken_at,
    case when state = 'failed' then 'product-discontinued' end, order_number,
    case when answered_at is not null then state end, answered_at,
    case when state = 'unable' then '在庫がございません' end
  from bench_plan order by n`;

/** Two lists that know nothing of each other: a core for each. */
const CONTENTS_AND_ORDERS = [
  `insert into application_deliveries (application_id, position, company, postal_code, prefecture, address1)
   select id, 1, '株式会社テスト電設', '261-0023', '千葉県', '千葉市美浜区中瀬1-1' from bench_plan`,
  `insert into application_items (application_id, position, product_code, product_name, starts_on, ends_on, quantity, delivery)
   select id, position, 'DSX2-8000', 'ケーブルアナライザ', applied_at::date + 7, applied_at::date + 37, 1 + n % 3, 1
   from bench_plan, generate_series(1, 1 + n % 3) position`,
  `insert into order_serials (month, last)
   select left(order_number, 6), max(right(order_number, 6)::int) from bench_plan where order_number is not null group by 1`,
  `insert into orders (order_number, account_id, application_id, created_at)
   select order_number, account_id, id, taken_at from bench_plan where order_number is not null`,
  `insert into challenges (member_id, purpose, key_id, reference, state, tries, created_at, expires_at, ended_at)
   select member_id, 'sign-in', 'k1', 'ABCD', 'accepted', 1, applied_at, applied_at + interval '10 minutes', taken_at
   from bench_plan where n % 10 = 1`,
];

const COURSES = [
  `insert into application_events (application_id, event, at)
   select id, event, at from bench_plan, lateral (values
     ('received', applied_at),
     (case when state = 'failed' then 'intakeRefused' else 'intakeAccepted' end, taken_at),
     (case when state = 'unable' then 'goodsUnavailable' else 'goodsArranged' end, answered_at)) step (event, at)
   where at is not null`,
  `insert into commands (application_id, task, verb, reason, staff_id, state, given_at, ended_at)
   select bench_plan.id, 'arrangement', case when state = 'unable' then 'decline' else 'arrange' end,
     case when state = 'unable' then '在庫がございません' end, staff.id, 'applied', answered_at, answered_at
   from bench_plan, staff where answered_at is not null`,
  `insert into letters (kind, subject_id, occurrence, recipient, facts, message_id, give_up_at, state, tries, created_at, sent_at)
   select case when state = 'failed' then 'application-failed' else 'application-accepted' end, id, 'first', 'tanto1@example.jp', '{}',
     '<' || id || '@bench.example>', taken_at + interval '3 days', 'sent', 1, taken_at, taken_at + interval '1 second'
   from bench_plan`,
  `insert into outbox (flow, row_id, event, due_at, created_at, delivered_at)
   select flow, row_id, 'start', at, at, at + interval '1 second'
   from (select 'application' as flow, id as row_id, applied_at as at from bench_plan
         union all select 'letter', id, created_at from letters) line`,
];
