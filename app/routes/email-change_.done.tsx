/** The address has been changed: what that means, and the way on. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { titled } from '../components/page-title.ts';
import { ButtonLink, Callout, Page } from '../components/page.tsx';
import { addressSwitchedTexts as texts, emailChangeTexts } from '../texts/email-change.ts';

export const meta = titled(texts.title);

export function loader({ context }: LoaderFunctionArgs) {
  return { signedIn: context.member?.stage === 'full' };
}

export default function AddressSwitched() {
  const { signedIn } = useLoaderData<typeof loader>();
  return (
    <Page title={texts.title}>
      <Callout tone="success">
        <p>{texts.lead}</p>
        <p>{texts.told}</p>
      </Callout>
      <ButtonLink to={signedIn ? '/account' : '/login'} className="w-full sm:w-auto sm:min-w-60">
        {signedIn ? emailChangeTexts.toAccount : emailChangeTexts.signIn}
      </ButtonLink>
    </Page>
  );
}
