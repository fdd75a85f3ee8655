/** 多要素認証 「利用する」: the mailbox is proven by a code before it is turned on. Asked for in 「登録情報変更」. */
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { confirmMfa, readMfaChallenge } from '../../db/stores/mfa.ts';
import { memberSessions } from '../auth/browser-sessions.server.ts';
import { codePageOf, mailCodeAgain, refuseCode, typedCode } from '../auth/code-page.server.ts';
import { requireMember } from '../auth/guards.server.ts';
import { CodeScreen } from '../components/code-screen.tsx';
import { titled } from '../components/page-title.ts';
import { postedFields } from '../forms/posted.server.ts';
import { mfaCodeWords } from '../texts/one-time-code.ts';

const ACCOUNT = '/account';

export const meta = titled(mfaCodeWords.title);

export async function loader({ context, request }: LoaderFunctionArgs) {
  const member = requireMember({ context, request });
  const challengeId = await readMfaChallenge(member);
  if (challengeId === undefined) throw redirect(ACCOUNT);
  return codePageOf(challengeId, member.address, ACCOUNT);
}

export async function action({ context, request }: ActionFunctionArgs) {
  const member = requireMember({ context, request });
  const fields = await postedFields(request);
  const challengeId = await readMfaChallenge(member);
  const { browserSecret, visit } = context;
  if (challengeId === undefined || browserSecret === undefined) throw redirect(ACCOUNT);
  if (fields.get('intent') === 'resend') return mailCodeAgain(member, challengeId, { context, request });
  const typed = typedCode(fields);
  if (typed === undefined) return refuseCode('not-six-digits');
  const outcome = await confirmMfa({ ...member, challengeId }, browserSecret, typed, visit);
  if (!outcome.ok) return refuseCode(outcome.reason);
  return redirect(`${ACCOUNT}?done=mfa-on`, {
    headers: { 'Set-Cookie': await memberSessions().remember(outcome.value.secret) },
  });
}

export default function MfaCode() {
  return (
    <CodeScreen words={mfaCodeWords} page={useLoaderData<typeof loader>()} answer={useActionData<typeof action>()} />
  );
}
