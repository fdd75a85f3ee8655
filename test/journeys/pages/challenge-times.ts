/** What time or tries would have made of a challenge's row, `$1`. */
export const TIME_IS_OVER = `update challenges set expires_at = now() - interval '1 second' where id = $1`;
export const A_MINUTE_AGO = `update challenges set mailed_at = now() - interval '61 seconds' where id = $1`;
export const NO_RESENDS_LEFT = `update challenges set resends = 3 where id = $1`;
export const TRIES_USED_UP = `update challenges set tries = 5, state = 'exhausted', ended_at = now() where id = $1`;
