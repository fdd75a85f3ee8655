/** パスワード変更: forced after the maintenance, or because a member wants to. */
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { CurrentPasswordRefusal } from '../../db/stores/current-password.ts';
import { changePassword } from '../../db/stores/password-change.ts';
import { passwordForHashing } from '../../db/stores/sign-in.ts';
import { memberSessions } from '../auth/browser-sessions.server.ts';
import { requireSignedInMember } from '../auth/guards.server.ts';
import { safeRedirect, wantedPage } from '../auth/safe-redirect.server.ts';
import { PasswordChangeForm } from '../components/password-change-form.tsx';
import { titled } from '../components/page-title.ts';
import { Callout, Card, Page } from '../components/page.tsx';
import { judgePasswordChange, type PasswordFault } from '../forms/password-change.server.ts';
import { postedFields } from '../forms/posted.server.ts';
import { passwordTexts } from '../texts/password.ts';

export const meta = titled(passwordTexts.title);

export function loader(asked: LoaderFunctionArgs) {
  const { loginId, mustChangePassword } = requireSignedInMember(asked);
  return { loginId, forced: mustChangePassword };
}

export async function action(asked: ActionFunctionArgs) {
  const member = requireSignedInMember(asked);
  const { context, request } = asked;
  const judged = judgePasswordChange(await postedFields(request), member);
  if (!judged.ok) return refuse(judged.faults, undefined);
  const passwords = { current: passwordForHashing(judged.current), next: judged.next };
  const outcome = await changePassword(member, passwords, context.visit);
  if (!outcome.ok) return refuse([], outcome.reason);
  const goOn = new URLSearchParams({ returnTo: safeRedirect(wantedPage(request), 'member', context) });
  return redirect(`/password/changed?${goOn.toString()}`, {
    headers: { 'Set-Cookie': await memberSessions().remember(outcome.value.secret) },
  });
}

const refuse = (faults: PasswordFault[], refusal: CurrentPasswordRefusal | undefined) =>
  data({ faults, refusal }, { status: 422 });

export default function PasswordChange() {
  const { loginId, forced } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <Page title={passwordTexts.title} lead={forced ? undefined : <p>{passwordTexts.lead}</p>}>
      {forced ? (
        <Callout tone="info">
          <p>{passwordTexts.forcedLead}</p>
        </Callout>
      ) : null}
      <Card>
        <PasswordChangeForm loginId={loginId} faults={refused?.faults ?? []} refusal={refused?.refusal} />
      </Card>
    </Page>
  );
}
