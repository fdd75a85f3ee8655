/** ログアウト, of staff. */
import { redirect, type ActionFunctionArgs } from '@remix-run/node';
import { signOut } from '../auth/sign-out.server.ts';

/** A sign-out is a button, never a link (S31, S32). */
export const loader = () => redirect('/staff');

export const action = (asked: ActionFunctionArgs) => signOut(asked, 'staff');
