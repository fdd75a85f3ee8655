/** All migrations in their order. Listed by hand: the built program has no folder to look into. */
import * as first from './0001-the-first-order.ts';
import * as second from './0002-the-first-notice.ts';
import * as third from './0003-histories-by-index-alone.ts';
import * as fourth from './0004-the-worker-beats.ts';
import * as fifth from './0005-the-account.ts';
import * as sixth from './0006-migrated-customers.ts';
import * as forgivenCodes from './0007-forgiven-codes.ts';

export const migrations: { name: string; up: string }[] = [first, second, third, fourth, fifth, sixth, forgivenCodes];
