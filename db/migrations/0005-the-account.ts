/** Links in mails, and the procedures that wait for somebody to open one: password reset, set-up of an invited member, change of address. */
export const name = '0005-the-account';

export const up = `
create table procedures (
  id uuid primary key default gen_random_uuid(),
  kind text not null,
  state text not null,
  member_id uuid references members (id),
  login_id text,
  address_canonical text,
  new_address text,
  new_address_canonical text,
  created_at timestamptz not null default now(),
  state_at timestamptz not null default now(),
  due_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  constraint procedures_kind_known check (kind in ('password-reset', 'password-setup', 'email-change')),
  constraint procedures_state_known check (case kind
    when 'password-reset' then state in ('asked', 'open', 'completed', 'expired', 'cancelled', 'dismissed', 'repeated', 'setup-mailed')
    when 'password-setup' then state in ('open', 'reminded', 'completed', 'expired', 'cancelled')
    else state in ('requested', 'confirming', 'switched', 'refused', 'expired', 'cancelled', 'superseded') end),
  constraint procedures_ended check ((state in ('asked', 'open', 'reminded', 'requested', 'confirming')) = (ended_at is null)),
  constraint procedures_whose check (member_id is not null or (kind = 'password-reset' and login_id is not null and address_canonical is not null)),
  constraint procedures_new_address check (state not in ('confirming', 'switched', 'refused') or new_address_canonical is not null)
);
create index procedures_member on procedures (member_id, created_at);
create index procedures_open on procedures (id) where ended_at is null;
create index procedures_pair on procedures (login_id, address_canonical, created_at) where kind = 'password-reset';
create unique index procedures_one_open on procedures (member_id, kind) where ended_at is null and state <> 'asked';

create table links (
  id uuid primary key default gen_random_uuid(),
  purpose text not null,
  member_id uuid not null references members (id),
  procedure_id uuid references procedures (id),
  key_id text not null,
  digest bytea not null,
  reference text not null,
  state text not null default 'open',
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  constraint links_digest_unique unique (digest),
  constraint links_purpose_known check (purpose in
    ('password-reset', 'password-setup', 'email-change-request', 'email-change-confirmation', 'sign-in-notice')),
  constraint links_state_known check (state in ('open', 'used', 'cancelled')),
  constraint links_ended check ((state = 'open') = (ended_at is null)),
  constraint links_of_procedure check ((purpose = 'sign-in-notice') = (procedure_id is null))
);
create index links_member on links (member_id) where state = 'open';
create index links_procedure on links (procedure_id);

-- Of members and of staff: their ids never meet.
create table known_devices (
  person_id uuid not null,
  digest bytea not null,
  seen_at timestamptz not null default now(),
  primary key (person_id, digest)
);
create index known_devices_digest on known_devices (digest);
-- Of the known device it was opened in; null in any other.
alter table challenges add column device_digest bytea;

-- Lines can be sealed and looked at, by web and worker, and nothing else.
create table audit_seals (
  audit_id bigint primary key,
  key_id text not null,
  seal bytea not null,
  sealed_at timestamptz not null default now()
);
do $$ begin
  if exists (select from pg_roles where rolname = 'site_app') then
    grant select, insert, update, delete on known_devices to site_app;
    grant select, insert on audit_seals to site_app;
  end if;
end $$;

-- Without a password, but set up once: made unusable until a reset. Never set up: invited.
alter table members add column set_up_at timestamptz;
update members set set_up_at = created_at where password_hash is not null;

alter table outbox drop constraint outbox_flow_known;
alter table outbox add constraint outbox_flow_known
  check (flow in ('otp', 'letter', 'application', 'password-reset', 'password-setup', 'email-change'));
update letters set facts = facts || '{"purpose":"sign-in"}' where kind = 'one-time-password';
alter table challenges drop constraint challenges_purpose_known;
alter table challenges add constraint challenges_purpose_known check (purpose in ('sign-in', 'mfa-on'));

do $$ begin
  if exists (select from pg_roles where rolname = 'site_app') then
    grant select, insert, update, delete on procedures, links to site_app;
  end if;
end $$;
`;
