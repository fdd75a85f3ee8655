/** 申込履歴 is filtered, counted and sorted within one index, however many rows an account has: only the page's own rows are fetched. */
export const name = '0003-histories-by-index-alone';

export const up = `
create index applications_history on applications (account_id, applied_at, id) include (kind, intake, confirmation, order_number);
drop index applications_account_applied;
`;
