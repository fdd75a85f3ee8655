/**
 * The invariants that PostgreSQL alone can answer. Each statement lists what breaks one of them, so it answers no row where all is well.
 * $1: when the run began.
 */
import type { Ask, SeenSubmission, Violation } from './evidence.ts';

interface RowInvariant {
  invariant: Violation['invariant'];
  says: string;
  /** Answers `what`, the id of what is wrong. */
  sql: string;
}

/**
 * Full sessions and what opened each: a sign-in, or a change that gave its browser another one (S23). The change and its session are one
 * transaction, so they have one instant.
 */
const FULL_SESSIONS = `full_session as (
  select session.id, session.member_id, session.created_at, coalesce(change.event, 'sign-in-completed') as opened_by
  from sessions session left join audit change on change.actor_id = session.member_id and change.at = session.created_at
    and change.event in ('password-changed', 'mfa-turned-on', 'mfa-turned-off')
  where session.created_at >= $1 and session.stage = 'full')`;

const rowInvariants: RowInvariant[] = [
  {
    invariant: 'I1',
    says: 'one draft became several applications',
    sql: `select min(draft_id::text) as what from applications where applied_at >= $1 group by member_id, draft_id having count(*) > 1`,
  },
  {
    invariant: 'I1',
    says: 'an application lacks its items, destination or first step',
    sql: `select application_number as what from applications application where applied_at >= $1 and (
        not exists (select from application_items where application_id = application.id)
        or not exists (select from application_deliveries where application_id = application.id)
        or (select count(*) from application_events where application_id = application.id and event = 'received') <> 1)`,
  },
  {
    invariant: 'I1',
    says: 'a step stands twice in a timeline, or does not fit the state',
    sql: `select application_number as what from applications application where applied_at >= $1 and (
        select coalesce(array_agg(event order by event), '{}') from application_events where application_id = application.id)
      is distinct from (select array_agg(event order by event) from unnest(array['received',
        case intake when 'accepted' then 'intakeAccepted' when 'failed' then 'intakeRefused' end,
        case confirmation when 'arranged' then 'goodsArranged' when 'unable' then 'goodsUnavailable' end]) event where event is not null)`,
  },
  {
    invariant: 'I2',
    says: 'neither 受付完了 nor 受付失敗 after 60 s',
    sql: `select application_number as what from applications where intake = 'received'
      and applied_at < now() - interval '60 seconds'`,
  },
  {
    invariant: 'I3',
    says: 'an accepted order without its number or its order row',
    sql: `select application_number as what from applications application where kind in ('order', 'quote-and-order') and intake = 'accepted'
      and not exists (select from orders where order_number = application.order_number and application_id = application.id
        and account_id = application.account_id)`,
  },
  {
    invariant: 'I3',
    says: 'a number where there is none to have',
    sql: `select application_number as what from applications where order_number is not null
      and (kind = 'quote' or (kind in ('order', 'quote-and-order') and intake <> 'accepted'))`,
  },
  {
    invariant: 'I3',
    says: 'a number of another account, or of no order',
    sql: `select application_number as what from applications application where kind in ('order-correction', 'equipment-exchange', 'cancellation')
      and not exists (select from orders where order_number = application.order_number and account_id = application.account_id)`,
  },
  {
    invariant: 'I3',
    says: 'one number on two new orders',
    sql: `select order_number as what from applications where kind in ('order', 'quote-and-order') and order_number is not null
      group by order_number having count(*) > 1
      union all select order_number from orders group by order_number having count(*) > 1`,
  },
  {
    invariant: 'I3',
    says: 'an order without an accepted application, or past the last serial of its month',
    sql: `select placed.order_number as what from orders placed left join applications application
        on application.id = placed.application_id and application.order_number = placed.order_number and application.intake = 'accepted'
      where application.id is null or not exists (select from order_serials where month = left(placed.order_number, 6)
        and placed.order_number <= month || last::text)`,
  },
  {
    invariant: 'I4',
    says: 'one letter as two rows',
    sql: `select min(id::text) as what from letters group by kind, subject_id, occurrence, recipient having count(*) > 1`,
  },
  {
    invariant: 'I4',
    says: 'a step without its letter',
    sql: `with ${FULL_SESSIONS}
      select application_number || ' ' || step.kind as what from applications application
        cross join lateral (values ('application-accepted', intake = 'accepted'), ('application-failed', intake = 'failed'),
          ('application-arranged', confirmation = 'arranged'), ('application-unable', confirmation = 'unable')) step (kind, taken)
      where applied_at >= $1 and step.taken and not exists (select from letters where subject_id = application.id and kind = step.kind)
      union all select 'session ' || id::text || ' ' || opened_by from full_session session where member_id is not null
        and not exists (select from letters where case opened_by
          when 'sign-in-completed' then kind = 'sign-in-notice' and occurrence = session.id::text
          when 'password-changed' then kind = 'password-changed' and occurrence = session.id::text
          else kind = 'registration-changed' and subject_id = session.member_id and created_at = session.created_at end)
      union all select 'challenge ' || id::text from challenges where created_at >= $1
        and (select count(*) from letters where kind = 'one-time-password' and subject_id = challenges.id) <> 1 + resends`,
  },
  {
    invariant: 'I6',
    says: 'a letter unsent for 5 minutes',
    sql: `select id::text as what from letters where state = 'pending' and created_at < now() - interval '5 minutes'`,
  },
  {
    invariant: 'I6',
    says: 'an outbox line undelivered for 60 s',
    sql: `select id::text || ' ' || flow || ' ' || event as what from outbox where delivered_at is null
      and greatest(created_at, due_at - interval '30 seconds') < now() - interval '60 seconds'`,
  },
  {
    invariant: 'I9',
    says: 'a code accepted more than once, after its tries or after its end',
    sql: `select id::text as what from challenges where (select count(*) from audit where subject_id = challenges.id and event = 'code-accepted') > 1
      or (state = 'accepted' and (ended_at > expires_at or tries > 5))`,
  },
  {
    invariant: 'I9',
    says: 'a link used after its end, or one procedure’s link of a step used twice',
    sql: `select id::text as what from links where state = 'used' and ended_at > expires_at
      union all select procedure_id::text from links where state = 'used' and procedure_id is not null
        group by procedure_id, purpose having count(*) > 1`,
  },
  {
    invariant: 'I10',
    says: 'more than 10 members, or one address twice',
    sql: `select account_id::text as what from members where deleted_at is null group by account_id
        having count(*) > 10 or count(*) <> count(distinct address_canonical)`,
  },
  {
    invariant: 'I13',
    says: 'audit lines and committed changes differ',
    // F14 moves challenges back by a minute, which may be to before the first look.
    sql: `with ${FULL_SESSIONS}, seen_challenge as (select id, state from challenges where created_at >= $1
        or id in (select subject_id from audit where at >= $1 and event = 'code-asked')), change (event, subject_id) as (
        select 'application-received', id from applications where applied_at >= $1
        union all select 'application-accepted', id from applications where applied_at >= $1 and intake = 'accepted'
        union all select 'application-failed', id from applications where applied_at >= $1 and intake = 'failed'
        union all select 'application-answered', application_id from commands where given_at >= $1 and state = 'applied'
        union all select 'command-given', application_id from commands where given_at >= $1
        union all select 'code-asked', id from seen_challenge
        union all select 'code-accepted', id from seen_challenge where state = 'accepted'
        union all select 'code-expired', id from seen_challenge where state = 'expired'
        union all select opened_by, id from full_session),
      line as (select event, subject_id from audit where at >= $1 and event in ('application-received', 'application-accepted',
        'application-failed', 'application-answered', 'command-given', 'code-asked', 'code-accepted', 'code-expired', 'sign-in-completed')
        union all select event, session.id from audit left join sessions session on session.member_id = audit.actor_id
          and session.created_at = audit.at and session.stage = 'full'
        where audit.at >= $1 and event in ('password-changed', 'mfa-turned-on', 'mfa-turned-off'))
      select event || ' ' || coalesce(subject_id::text, 'without its session') as what from (
        (select * from change except all select * from line) union all (select * from line except all select * from change)) difference`,
  },
];

/** What the rows alone tell. */
export async function checkRows(ask: Ask, since: Date): Promise<Violation[]> {
  const found: Violation[] = [];
  for (const { invariant, says, sql } of rowInvariants) {
    // Every statement may be given $1; one that has no use for it must still name it.
    const rows = await ask<{ what: string }>(`${sql.includes('$1') ? '' : WITH_UNUSED}${sql}`, [since]);
    found.push(...rows.map(({ what }) => ({ invariant, what: `${says}: ${what}` })));
  }
  return found;
}

const WITH_UNUSED = 'with unused as (select $1::timestamptz) ';

/** I1 as the browsers saw it: each acknowledged key has its one row, and every receipt told the same number. */
export async function checkReceipts(ask: Ask, submissions: SeenSubmission[]): Promise<Violation[]> {
  const found: Violation[] = [];
  for (const { memberId, draftId, receipts } of submissions) {
    if (receipts.length === 0) continue;
    const rows = await ask<{ number: string }>(
      'select application_number as number from applications where member_id = $1 and draft_id = $2',
      [memberId, draftId],
    );
    const told = [...new Set(receipts)];
    if (rows.length !== 1) found.push({ invariant: 'I1', what: `acknowledged key ${draftId} has ${rows.length} rows` });
    else if (told.length !== 1 || told[0] !== rows[0]?.number) {
      found.push({ invariant: 'I1', what: `receipts of ${draftId} told ${told.join(', ')}` });
    }
  }
  return found;
}
