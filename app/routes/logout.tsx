/** ログアウト. */
import { redirect, type ActionFunctionArgs } from '@remix-run/node';
import { signOut } from '../auth/sign-out.server.ts';

/** A sign-out is a button, never a link (S31, S32). */
export const loader = () => redirect('/');

export const action = (asked: ActionFunctionArgs) => signOut(asked, 'member');
