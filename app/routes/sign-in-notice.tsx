/** お心当たりのないログイン, behind the link of a ログイン通知メール. Opening it changes nothing; the button stops whoever signed in (S17). */
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { readNoticePage, reportSignIn } from '../../db/stores/unknown-sign-in.ts';
import { jstMinute } from '../../domain/jst.ts';
import { deadLink, forgetMailedToken, mailedToken } from '../auth/mailed-link.server.ts';
import { DeadLinkPage } from '../components/dead-link.tsx';
import { Facts } from '../components/facts.tsx';
import { titled } from '../components/page-title.ts';
import { Button, Card, Page } from '../components/page.tsx';
import { SiteForm } from '../components/site-form.tsx';
import { signInNoticeTexts as texts } from '../texts/sign-in-notice.ts';

const PURPOSE = 'sign-in-notice';

export const meta = titled(texts.title);

export async function loader(asked: LoaderFunctionArgs) {
  const page = await readNoticePage(await mailedToken(asked, PURPOSE));
  if (!page.ok) return deadLink(page.reason);
  const { signedInAt, reference, expiresAt } = page.value;
  return { signedInAt: jstMinute(signedInAt), reference, expires: jstMinute(expiresAt) };
}

export async function action(asked: ActionFunctionArgs) {
  const outcome = await reportSignIn(await mailedToken(asked, PURPOSE), asked.context.visit);
  if (!outcome.ok) return deadLink(outcome.reason);
  return redirect('/sign-in-notice/done', { headers: { 'Set-Cookie': await forgetMailedToken(PURPOSE) } });
}

export default function SignInNotice() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if ('dead' in page) return <DeadLinkPage purpose={PURPOSE} dead={page.dead} />;
  if (answer !== undefined) return <DeadLinkPage purpose={PURPOSE} dead={answer.dead} />;
  const facts = [
    { label: texts.signedInAt, value: page.signedInAt },
    { label: texts.reference, value: page.reference },
    { label: texts.expires, value: page.expires },
  ];
  return (
    <Page title={texts.title} lead={<p>{texts.lead}</p>}>
      <Facts facts={facts} />
      <Card title={texts.effectsTitle}>
        <ul className="list-disc space-y-2 ps-6 leading-175">
          {texts.effects.map((effect) => (
            <li key={effect}>{effect}</li>
          ))}
        </ul>
        <SiteForm className="mt-6">
          <Button variant="danger" className="w-full sm:w-auto sm:min-w-60">
            {texts.submit}
          </Button>
        </SiteForm>
        <p className="mt-6 leading-175">{texts.mine}</p>
      </Card>
    </Page>
  );
}
