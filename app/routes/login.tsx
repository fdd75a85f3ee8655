/** ログイン. */
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { Link, useActionData } from '@remix-run/react';
import { requireSignedOut, signIn } from '../auth/sign-in.server.ts';
import { titled } from '../components/page-title.ts';
import { Card, Page } from '../components/page.tsx';
import { SignInForm } from '../components/sign-in-form.tsx';
import { signInTexts } from '../texts/sign-in.ts';

export const meta = titled(signInTexts.title);

export function loader(asked: LoaderFunctionArgs) {
  requireSignedOut(asked, 'member');
  return null;
}

export const action = (asked: ActionFunctionArgs) => signIn(asked, 'member');

export default function Login() {
  const refused = useActionData<typeof action>();
  return (
    <Page title={signInTexts.title} lead={<p>{signInTexts.lead}</p>}>
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
