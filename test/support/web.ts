/** Loaders and actions called as Remix calls them: a real Request, the context of a signed-in browser, a real database. */
import type { AppLoadContext } from '@remix-run/node';
import type { DraftForm } from '../../domain/application/content.ts';
import { fieldsOf } from '../../domain/application/draft-form.ts';
import type { Limits } from '../../runtime/limits.ts';
import {
  buildMember,
  buildMemberSession,
  buildStaff,
  buildStaffSession,
  buildVisit,
  type BuiltMember,
} from './build.ts';

/** For a file whose actions would wait for Temporal: they find none and go on at once. @param limits what the file needs smaller */
export function withoutTemporal(limits: Partial<Limits> = {}): void {
  process.env['TEMPORAL_ADDRESS'] = '127.0.0.1:1';
  process.env['LIMITS'] = JSON.stringify({ intakeWaitMilliseconds: 20, commandWaitMilliseconds: 50, ...limits });
  process.env['LOG_LEVEL'] = 'error';
}

/** The context of a browser in which nobody is signed in. */
export const emptyContext = (): AppLoadContext => ({
  member: undefined,
  staff: undefined,
  browserSecret: undefined,
  visit: buildVisit(),
  formToken: 'token',
  nonce: 'nonce',
  isPage: () => true,
});

/** The context of a browser in which this member is signed in. */
export async function memberContext(member: BuiltMember): Promise<AppLoadContext> {
  return { ...emptyContext(), member: (await buildMemberSession(member)).session };
}

/** The context of a browser in which a fresh staff person is signed in. */
export async function staffContext(name?: string): Promise<AppLoadContext> {
  const staff = await buildStaff(name === undefined ? {} : { name });
  return { ...emptyContext(), staff: (await buildStaffSession(staff)).session };
}

/** The same of a fresh 管理者. */
export async function administratorContext(): Promise<AppLoadContext> {
  const staff = await buildStaff({ role: 'administrator' });
  return { ...emptyContext(), staff: (await buildStaffSession(staff)).session };
}

/** A signed-in member of a fresh account. */
export async function signedInMember(): Promise<{ member: BuiltMember; context: AppLoadContext }> {
  const member = await buildMember();
  return { member, context: await memberContext(member) };
}

/** What a loader or action is called with. @param path with its query */
export function asked<Params extends Record<string, string>>(
  context: AppLoadContext,
  path: string,
  params: Params,
  posted?: [string, string][],
) {
  const init = posted === undefined ? {} : { method: 'POST', body: new URLSearchParams(posted) };
  return { context, params, request: new Request(`http://localhost:3000${path}`, init) };
}

/** The fields that a button of the order form posts. */
export const pressed = (form: DraftForm, intent: string): [string, string][] => [...fieldsOf(form), ['intent', intent]];

interface Answer {
  status: number;
  /** Where it leads, when it leads elsewhere. */
  location: string | undefined;
  retryAfter: string | undefined;
  data: unknown;
}

/** What a browser would get: an answer given back, thrown as a Response, or wrapped by `data()`. */
export async function answerOf(work: Promise<unknown>): Promise<Answer> {
  const outcome = await work.catch((thrown: unknown) => {
    if (thrown instanceof Response) return thrown;
    throw thrown;
  });
  if (outcome instanceof Response) {
    const json = outcome.headers.get('content-type')?.includes('json') === true;
    return answer(outcome.status, outcome.headers, json ? await outcome.json() : undefined);
  }
  const { init, data } = outcome as { init: ResponseInit | null; data: unknown };
  return answer(init?.status ?? 200, new Headers(init?.headers), data);
}

const answer = (status: number, headers: Headers, data: unknown): Answer => ({
  status,
  location: headers.get('location') ?? undefined,
  retryAfter: headers.get('retry-after') ?? undefined,
  data,
});
