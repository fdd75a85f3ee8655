/** All migrations in their order. Listed by hand: the built program has no folder to look into. */
import * as first from './0001-the-first-order.ts';
import * as second from './0002-the-first-notice.ts';
import * as fifth from './0005-the-account.ts';

export const migrations: { name: string; up: string }[] = [first, second, fifth];
