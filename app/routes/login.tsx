/** ログイン. */
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { endedByDeletion } from '../../db/stores/sessions.ts';
import { requireSignedOut, signIn } from '../auth/sign-in.server.ts';
import { titled } from '../components/page-title.ts';
import { Callout, Card, Page } from '../components/page.tsx';
import { SignInForm } from '../components/sign-in-form.tsx';
import { addressFields } from '../forms/posted.server.ts';
import { signInTexts } from '../texts/sign-in.ts';
import { shutOutTexts } from '../texts/members.ts';

export const meta = titled(signInTexts.title);

export async function loader(asked: LoaderFunctionArgs) {
  requireSignedOut(asked, 'member');
  const { browserSecret } = asked.context;
  // Only of a browser that was led here from a page which is closed to it now: the same address may have been added again.
  const ledHere = addressFields(asked.request).has('returnTo');
  return { deleted: ledHere && browserSecret !== undefined && (await endedByDeletion(browserSecret)) };
}

export const action = (asked: ActionFunctionArgs) => signIn(asked, 'member');

export default function Login() {
  const { deleted } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <Page title={signInTexts.title} lead={<p>{signInTexts.lead}</p>}>
      {deleted && refused === undefined ? (
        <div role="alert">
          <Callout tone="warning" title={shutOutTexts.title}>
            <p>{shutOutTexts.lead}</p>
            <p>{shutOutTexts.next}</p>
          </Callout>
        </div>
      ) : null}
      <Card>
        <SignInForm withLoginId refused={refused} />
        <p className="mt-6">
          <Link
            to="/password/forgot"
            className="inline-flex min-h-8 items-center text-key-900 underline underline-offset-4"
          >
            {signInTexts.forgotten}
          </Link>
        </p>
      </Card>
    </Page>
  );
}
