/**
 * How long the member's session still lives, asked by the warning before its end: a resource of every member page. Like any page it moves
 * the idle end on, unless it is asked with `?refresh=1`.
 */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { readSessionTime, type SessionTime } from '../../db/stores/own-sessions.ts';
import { requireSignedInMember } from '../auth/guards.server.ts';

export function loader(asked: LoaderFunctionArgs): Promise<SessionTime> {
  return readSessionTime(requireSignedInMember(asked).id);
}
