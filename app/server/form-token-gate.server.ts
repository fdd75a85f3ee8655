/**
 * Every posted form carries the token of the browser it was drawn for (S30). One that was drawn in a session which has ended
 * meanwhile runs nothing, but what was typed into it is kept for that member.
 */
import type { Request, Response } from 'express';
import { keepInput } from '../../db/stores/kept-inputs.ts';
import { subjectOfFormToken } from '../../db/stores/secrets.ts';
import { readEndedSession, type EndedSession } from '../../db/stores/sessions.ts';
import { FORM_TOKEN_FIELD } from '../components/site-form.tsx';
import { isPasswordField } from './password-queue.server.ts';
import { pagePath } from './paths.ts';
import { Refusal } from './refusal.ts';
import { step } from './step.ts';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Never kept: what was typed to prove who one is. */
const isSecretField = (name: string): boolean => name === FORM_TOKEN_FIELD || name === 'code' || isPasswordField(name);

/** @throws Refusal 403 for a form that was not drawn for this browser */
export const formTokenGate = step(async (request, response) => {
  if (request.method !== 'POST') return;
  const { browser, fields } = response.locals;
  const subject = subjectOfFormToken(fields.get(FORM_TOKEN_FIELD) ?? '');
  if (subject === undefined) throw new Refusal(403);
  if (subject === browser.subject) return;
  // Drawn before this browser signed in, e.g. in a second tab: the page is drawn anew.
  if (subject === browser.visitorSubject) {
    response.redirect(303, pageOf(request));
    return;
  }
  const ended = UUID.test(subject) ? await readEndedSession(subject) : undefined;
  if (ended === undefined) throw new Refusal(403);
  await keep(ended, request, fields);
  goOn(ended, request, response);
});

async function keep({ stage, person }: EndedSession, request: Request, fields: URLSearchParams): Promise<void> {
  const typed = [...fields].filter(([name]) => !isSecretField(name));
  if (stage !== 'full' || person.kind !== 'member' || typed.length === 0) return;
  await keepInput(person.id, pagePath(request.path), typed);
}

/** To where the form is given back: its own page, by way of the sign-in if need be. */
function goOn({ person }: EndedSession, request: Request, response: Response): void {
  const { area } = response.locals;
  const { member, staff } = response.locals.browser.context;
  const now = member?.memberId ?? staff?.staffId;
  if (person.kind !== area || (now !== undefined && now !== person.id)) throw new Refusal(403);
  const page = pageOf(request);
  const signIn = area === 'staff' ? '/staff/login' : '/login';
  // A form of the sign-in itself leads back to its own page, which says how the sign-in stands.
  const direct = now !== undefined || page.startsWith(signIn);
  response.redirect(303, direct ? page : `${signIn}?${new URLSearchParams({ returnTo: page }).toString()}`);
}

/** The page that holds the form, as a path: never of another site, whatever the path begins with. */
function pageOf(request: Request): string {
  const url = new URL(request.url, 'http://site');
  url.searchParams.delete('index');
  return pagePath(url.pathname).replace(/^\/+/, '/') + url.search;
}
