/** The password has been changed: what that means for other browsers, and the way on. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { requireMember } from '../auth/guards.server.ts';
import { safeRedirect, wantedPage } from '../auth/safe-redirect.server.ts';
import { titled } from '../components/page-title.ts';
import { ButtonLink, Callout, Page } from '../components/page.tsx';
import { passwordChangedTexts as texts } from '../texts/password.ts';

export const meta = titled(texts.title);

export function loader(asked: LoaderFunctionArgs) {
  requireMember(asked);
  return { goOn: safeRedirect(wantedPage(asked.request), 'member', asked.context) };
}

export default function PasswordChanged() {
  const { goOn } = useLoaderData<typeof loader>();
  return (
    <Page title={texts.title}>
      <Callout tone="success">
        <p>{texts.lead}</p>
      </Callout>
      <ButtonLink to={goOn} className="w-full sm:w-auto sm:min-w-60">
        {texts.goOn}
      </ButtonLink>
    </Page>
  );
}
