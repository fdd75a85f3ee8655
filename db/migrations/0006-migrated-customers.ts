/** Migrated customers come by CSV; 多要素認証 may be asked of a whole account. */
export const name = '0006-migrated-customers';

export const up = `
create table customer_imports (
  id uuid primary key default gen_random_uuid(),
  staff_id uuid not null references staff (id),
  file_name text not null,
  sealed bytea,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ran_at timestamptz,
  accounts_added integer,
  members_added integer,
  unchanged integer,
  constraint customer_imports_counted check (num_nonnulls(ran_at, accounts_added, members_added, unchanged) in (0, 4)),
  constraint customer_imports_forgotten check (ran_at is null or sealed is null)
);
create index customer_imports_kept on customer_imports (expires_at) where sealed is not null;

-- What came by an import once never comes again, wherever its member is by now.
create table imported_members (
  account_id uuid not null references accounts (id),
  address_canonical text not null,
  member_id uuid not null references members (id),
  import_id uuid not null references customer_imports (id),
  primary key (account_id, address_canonical)
);

alter table accounts add column mfa_required boolean not null default false;

do $$ begin
  if exists (select from pg_roles where rolname = 'site_app') then
    grant select, insert, update, delete on customer_imports, imported_members to site_app;
  end if;
end $$;
`;
