/** Accounts, members, staff, sign-in, letters, products, drafts, applications, staff's acts, outbox, audit. */
export const name = '0001-the-first-order';

export const up = `
create table accounts (
  id uuid primary key default gen_random_uuid(),
  login_id text not null,
  customer_number text not null,
  company text not null,
  department text not null default '',
  postal_code text not null default '',
  address text not null default '',
  telephone text not null default '',
  fax text not null default '',
  created_at timestamptz not null default now(),
  constraint accounts_login_id_unique unique (login_id),
  constraint accounts_customer_number_unique unique (customer_number),
  constraint accounts_login_id_canonical check (login_id = lower(login_id))
);
create sequence customer_number_serial;
alter table accounts alter column customer_number
  set default 'C' || lpad(nextval('customer_number_serial')::text, 6, '0');

create table members (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references accounts (id),
  slot smallint not null,
  address text not null,
  address_canonical text not null,
  user_name text not null default '',
  password_hash text,
  must_change_password boolean not null default false,
  mfa boolean not null default false,
  created_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint members_slot_range check (slot between 1 and 10)
);
create unique index members_slot_unique on members (account_id, slot) where deleted_at is null;
create unique index members_address_unique on members (account_id, address_canonical) where deleted_at is null;

create table staff (
  id uuid primary key default gen_random_uuid(),
  address text not null,
  address_canonical text not null,
  name text not null,
  role text not null,
  password_hash text not null,
  created_at timestamptz not null default now(),
  deleted_at timestamptz,
  constraint staff_role_known check (role in ('coordinator', 'administrator'))
);
create unique index staff_address_unique on staff (address_canonical) where deleted_at is null;

create table challenges (
  id uuid primary key default gen_random_uuid(),
  member_id uuid references members (id),
  staff_id uuid references staff (id),
  purpose text not null,
  key_id text not null,
  reference text not null,
  state text not null default 'open',
  tries smallint not null default 0,
  resends smallint not null default 0,
  mailed_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  constraint challenges_one_person check (num_nonnulls(member_id, staff_id) = 1),
  constraint challenges_purpose_known check (purpose in ('sign-in')),
  constraint challenges_state_known check (state in ('open', 'accepted', 'exhausted', 'expired', 'cancelled')),
  constraint challenges_ended check ((state = 'open') = (ended_at is null))
);
create index challenges_member on challenges (member_id, created_at);
create index challenges_staff on challenges (staff_id, created_at);
create index challenges_open on challenges (id) where state = 'open';

create table sessions (
  id uuid primary key default gen_random_uuid(),
  secret_digest bytea not null,
  member_id uuid references members (id),
  staff_id uuid references staff (id),
  stage text not null,
  challenge_id uuid references challenges (id),
  ip text not null,
  user_agent text not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  idle_ends_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  end_reason text,
  constraint sessions_secret_unique unique (secret_digest),
  constraint sessions_one_person check (num_nonnulls(member_id, staff_id) = 1),
  constraint sessions_stage_known check (stage in ('code', 'full')),
  constraint sessions_code_has_challenge check (stage = 'full' or challenge_id is not null)
);
create index sessions_member_open on sessions (member_id) where ended_at is null;
create index sessions_staff_open on sessions (staff_id) where ended_at is null;

create table sign_in_throttles (
  key bytea primary key,
  failures integer not null default 0,
  last_failure_at timestamptz,
  wait_until timestamptz,
  lease uuid,
  leased_until timestamptz
);

create table rate_limits (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);

create table kept_inputs (
  id uuid primary key default gen_random_uuid(),
  member_id uuid not null references members (id),
  path text not null,
  sealed bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  constraint kept_inputs_one_each unique (member_id, path)
);

create table letters (
  id uuid primary key default gen_random_uuid(),
  kind text not null,
  subject_id uuid not null,
  occurrence text not null,
  recipient text not null,
  facts jsonb not null,
  message_id text not null,
  send_before timestamptz,
  give_up_at timestamptz not null,
  state text not null default 'pending',
  tries integer not null default 0,
  refusal text,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  constraint letters_message_id_unique unique (message_id),
  constraint letters_once unique (kind, subject_id, occurrence, recipient),
  constraint letters_state_known check (state in ('pending', 'sent', 'parked', 'lapsed', 'abandoned')),
  constraint letters_sent check ((state = 'sent') = (sent_at is not null))
);
create index letters_subject on letters (subject_id);
create index letters_unsent on letters (created_at) where state in ('pending', 'parked');

create table outbox (
  id bigint generated always as identity primary key,
  flow text not null,
  row_id uuid not null,
  event text not null,
  subject_id uuid,
  due_at timestamptz not null default now(),
  attempts integer not null default 0,
  created_at timestamptz not null default now(),
  delivered_at timestamptz,
  constraint outbox_flow_known check (flow in ('otp', 'letter', 'application'))
);
create index outbox_waiting on outbox (id) where delivered_at is null;
create index outbox_row on outbox (row_id);
create function outbox_wake() returns trigger language plpgsql as $$
begin
  perform pg_notify('outbox', '');
  return null;
end $$;
create trigger outbox_wake after insert on outbox for each statement execute function outbox_wake();

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  event text not null,
  actor_kind text not null,
  actor_id uuid,
  account_id uuid,
  subject_id uuid,
  ip text,
  request_id text,
  detail jsonb not null default '{}',
  constraint audit_actor_known check (actor_kind in ('member', 'staff', 'anonymous', 'system', 'operator'))
);
create index audit_account on audit (account_id, id);
create index audit_subject on audit (subject_id);

create table notices (
  id uuid primary key default gen_random_uuid(),
  title text not null,
  body text not null,
  published_at timestamptz not null
);

create table company_holidays (
  day date primary key,
  name text not null
);

create table products (
  code text primary key,
  name text not null,
  category text not null,
  available boolean not null default true,
  search_key text not null,
  constraint products_code_form check (code = btrim(code) and code <> '')
);

create table drafts (
  id uuid not null,
  member_id uuid not null references members (id),
  kind text not null,
  form jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (member_id, id)
);
create index drafts_member on drafts (member_id, updated_at);

create table applications (
  id uuid primary key default gen_random_uuid(),
  application_number text not null,
  account_id uuid not null references accounts (id),
  member_id uuid not null references members (id),
  draft_id uuid not null,
  kind text not null,
  content_digest bytea not null,
  applied_at timestamptz not null default now(),
  rental_class text not null,
  orderer jsonb not null,
  remarks text not null default '',
  customer_reference text not null default '',
  intake text not null default 'received',
  intake_at timestamptz,
  intake_refusal text,
  order_number text,
  confirmation text,
  confirmation_at timestamptz,
  confirmation_reason text,
  constraint applications_number_unique unique (application_number),
  constraint applications_draft_unique unique (member_id, draft_id),
  constraint applications_order_number_unique unique (order_number),
  constraint applications_kind_known check (kind in
    ('quote', 'order', 'quote-and-order', 'order-correction', 'equipment-exchange', 'cancellation')),
  constraint applications_rental_class_known check (rental_class in ('short', 'long')),
  constraint applications_intake_known check (intake in ('received', 'accepted', 'failed')),
  constraint applications_intake_dated check ((intake = 'received') = (intake_at is null)),
  constraint applications_refusal_worded check ((intake = 'failed') = (intake_refusal is not null)),
  constraint applications_confirmation_known check (confirmation in ('arranged', 'unable')),
  constraint applications_confirmation_after_intake check (confirmation is null or intake = 'accepted'),
  constraint applications_confirmation_dated check ((confirmation is null) = (confirmation_at is null)),
  constraint applications_unable_has_reason check (confirmation is distinct from 'unable' or confirmation_reason is not null)
);
create index applications_account_applied on applications (account_id, applied_at, id);
create index applications_waiting on applications (applied_at) where intake = 'accepted' and confirmation is null;
create index applications_open on applications (id) where intake = 'received' or (intake = 'accepted' and confirmation is null);

create table application_deliveries (
  application_id uuid not null references applications (id),
  position smallint not null,
  company text not null,
  department text not null default '',
  person text not null default '',
  postal_code text not null,
  prefecture text not null,
  address1 text not null,
  address2 text not null default '',
  telephone text not null default '',
  fax text not null default '',
  primary key (application_id, position)
);

create table application_items (
  application_id uuid not null,
  position smallint not null,
  product_code text not null,
  product_name text not null,
  starts_on date not null,
  ends_on date not null,
  quantity smallint not null,
  delivery smallint not null,
  primary key (application_id, position),
  constraint application_items_delivery foreign key (application_id, delivery)
    references application_deliveries (application_id, position),
  constraint application_items_quantity check (quantity between 1 and 999),
  constraint application_items_period check (ends_on >= starts_on)
);

create table application_events (
  id bigint generated always as identity primary key,
  application_id uuid not null references applications (id),
  event text not null,
  at timestamptz not null default now()
);
create index application_events_application on application_events (application_id, id);

create table order_serials (
  month text primary key,
  last integer not null,
  constraint order_serials_range check (last between 100000 and 999999)
);

create table orders (
  order_number text primary key,
  account_id uuid not null references accounts (id),
  application_id uuid not null references applications (id),
  created_at timestamptz not null default now(),
  constraint orders_application_unique unique (application_id)
);

create table commands (
  id uuid primary key default gen_random_uuid(),
  application_id uuid not null references applications (id),
  task text not null,
  verb text not null,
  reason text,
  staff_id uuid not null references staff (id),
  state text not null default 'open',
  given_at timestamptz not null default now(),
  ended_at timestamptz,
  constraint commands_task_known check (task in ('arrangement')),
  constraint commands_verb_known check (verb in ('arrange', 'decline')),
  constraint commands_decline_has_reason check (verb <> 'decline' or reason is not null),
  constraint commands_state_known check (state in ('open', 'applied', 'refused'))
);
create unique index commands_one_open on commands (application_id, task) where state = 'open';
create index commands_application on commands (application_id);

do $$ begin
  if not exists (select from pg_roles where rolname = 'site_app') then
    create role site_app nologin;
  end if;
exception when insufficient_privilege then
  raise notice 'role site_app is missing and can not be made here: web and worker run as the owner';
end $$;
do $$ begin
  if exists (select from pg_roles where rolname = 'site_app') then
    grant usage on schema public to site_app;
    grant select, insert, update, delete on all tables in schema public to site_app;
    grant usage on all sequences in schema public to site_app;
    revoke update, delete on audit from site_app;
  end if;
end $$;
`;
