/** Staff's unlock forgives the wrong codes that were typed until then: they count no more towards the cap of a day. */
export const name = '0007-forgiven-codes';

export const up = `
alter table challenges add column forgiven smallint not null default 0;
alter table challenges add constraint challenges_forgiven check (forgiven between 0 and tries);
`;
