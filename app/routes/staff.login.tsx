/** スタッフ用ログイン. */
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { requireSignedOut, signIn } from '../auth/sign-in.server.ts';
import { titled } from '../components/page-title.ts';
import { Card, Page } from '../components/page.tsx';
import { SignInForm } from '../components/sign-in-form.tsx';
import { staffSignInTexts } from '../texts/sign-in.ts';

export const meta = titled(staffSignInTexts.title);

export function loader(asked: LoaderFunctionArgs) {
  requireSignedOut(asked, 'staff');
  return null;
}

export const action = (asked: ActionFunctionArgs) => signIn(asked, 'staff');

export default function StaffLogin() {
  const refused = useActionData<typeof action>();
  return (
    <Page title={staffSignInTexts.title} lead={<p>{staffSignInTexts.lead}</p>}>
      <Card>
        <SignInForm withLoginId={false} refused={refused} />
        <p className="mt-6 text-sm">{staffSignInTexts.forgottenHint}</p>
      </Card>
    </Page>
  );
}
