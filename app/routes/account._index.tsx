/** 「お客様情報」 opens at its first tab. */
import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { requireMember } from '../auth/guards.server.ts';

export function loader({ context, request }: LoaderFunctionArgs) {
  requireMember({ context, request });
  return redirect('/account/applications');
}
