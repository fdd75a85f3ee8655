/** Who may go on. Called first in every loader and action: Remix runs each of them alone when asked (S49). */
import { type AppLoadContext, redirect } from '@remix-run/node';
import type { MemberSession, StaffSession } from '../../db/stores/sessions.ts';
import { NOT_YOUR_ROLE } from '../texts/errors.ts';

/** What loaders and actions are given; guards need no more of it. */
export interface Asked {
  context: AppLoadContext;
  request: Request;
}

/** The member of this request, signed in completely. @throws Response to the step of the sign-in that is still open */
export function requireMember(asked: Asked): MemberSession {
  const member = requireSignedInMember(asked);
  if (member.mustChangePassword) throw redirect(`/password/change?${comeBack(asked.request)}`);
  return member;
}

/** Like {@link requireMember}, but also for a member whose only ways on are パスワード変更 and ログアウト. @throws Response */
export function requireSignedInMember({ context, request }: Asked): MemberSession {
  const { member } = context;
  if (member === undefined) throw redirect(`/login?${comeBack(request)}`);
  if (member.stage === 'code') throw redirect('/login/otp');
  return member;
}

/** The staff person of this request, signed in completely. @throws Response to the step of the sign-in that is still open */
export function requireStaff({ context, request }: Asked): StaffSession {
  const { staff } = context;
  if (staff === undefined) throw redirect(`/staff/login?${comeBack(request)}`);
  if (staff.stage === 'code') throw redirect('/staff/login/otp');
  return staff;
}

/**
 * Like {@link requireStaff}, but a 管理者: customers, staff, flags and audit are theirs (spec.md, People).
 * @throws Response to the step of the sign-in that is still open, or 403 for a 担当者
 */
export function requireAdministrator(asked: Asked): StaffSession {
  const staff = requireStaff(asked);
  if (staff.role !== 'administrator') throw new Response(null, { status: 403, statusText: NOT_YOUR_ROLE });
  return staff;
}

/** `returnTo=…` for the page that was asked for; where it leads is judged when it is used (S37). */
export function comeBack(request: Request): string {
  const url = new URL(request.url);
  // Remix's own parameters name a part of a page, not a page.
  url.searchParams.delete('index');
  url.searchParams.delete('_routes');
  return new URLSearchParams({ returnTo: url.pathname + url.search }).toString();
}
