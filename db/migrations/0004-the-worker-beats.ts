/** Workers say that they are there: /readyz would else have to believe the Temporal Service, which remembers a dead one for minutes. */
export const name = '0004-the-worker-beats';

export const up = `
create table worker_beats (
  worker_id uuid primary key,
  beaten_at timestamptz not null default now()
);

do $$ begin
  if exists (select from pg_roles where rolname = 'site_app') then
    grant select, insert, update, delete on worker_beats to site_app;
  end if;
end $$;
`;
