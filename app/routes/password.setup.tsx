/** The page behind the link of the 「パスワード設定依頼メール」: an invited member sets ユーザ名 and パスワード. */
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { jstMinute } from '../../domain/jst.ts';
import { readPasswordPage } from '../../db/stores/password-links.ts';
import { completeSetup } from '../../db/stores/password-setup.ts';
import { deadLink, forgetMailedToken, mailedToken } from '../auth/mailed-link.server.ts';
import { DeadLinkPage } from '../components/dead-link.tsx';
import { Facts } from '../components/facts.tsx';
import { titled } from '../components/page-title.ts';
import { Card, Page } from '../components/page.tsx';
import { PasswordSetupForm } from '../components/password-setup-form.tsx';
import { judgeSetup } from '../forms/password-setup.server.ts';
import { postedFields } from '../forms/posted.server.ts';
import { setupTexts as texts } from '../texts/password-setup.ts';

const PURPOSE = 'password-setup';

export const meta = titled(texts.title);

export async function loader({ request }: LoaderFunctionArgs) {
  const found = await readPasswordPage(PURPOSE, await mailedToken({ request }, PURPOSE));
  if (!found.ok) return deadLink(found.reason);
  const { company, loginId, address, reference, expiresAt } = found.value;
  return data({ dead: undefined, company, loginId, address, reference, expiresAt: jstMinute(expiresAt) });
}

export async function action({ request, context }: ActionFunctionArgs) {
  const token = await mailedToken({ request }, PURPOSE);
  const found = await readPasswordPage(PURPOSE, token);
  if (!found.ok) return deadLink(found.reason);
  const judged = judgeSetup(await postedFields(request), found.value);
  if (!judged.ok) {
    const { faults, userName } = judged;
    return data({ dead: undefined, faults, userName }, { status: 422 });
  }
  const outcome = await completeSetup(token, judged.input, context.visit);
  if (!outcome.ok) return deadLink(outcome.reason);
  return redirect('/password/setup/done', { headers: { 'Set-Cookie': await forgetMailedToken(PURPOSE) } });
}

export default function PasswordSetup() {
  const page = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  if (refused?.dead !== undefined) return <DeadLinkPage purpose={PURPOSE} dead={refused.dead} />;
  if (page.dead !== undefined) return <DeadLinkPage purpose={PURPOSE} dead={page.dead} />;
  return (
    <Page title={texts.title} lead={<p>{texts.lead}</p>}>
      <Card title={texts.facts}>
        <Facts
          facts={[
            { label: texts.company, value: page.company },
            { label: texts.loginId, value: page.loginId },
            { label: texts.address, value: <span className="break-all">{page.address}</span> },
            { label: texts.reference, value: page.reference },
            { label: texts.expiresAt, value: page.expiresAt },
          ]}
        />
        <p className="mt-5 leading-175">{texts.noteLoginId}</p>
      </Card>
      <Card>
        <PasswordSetupForm loginId={page.loginId} userName={refused?.userName} faults={refused?.faults ?? []} />
      </Card>
    </Page>
  );
}
