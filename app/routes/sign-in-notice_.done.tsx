/** An unknown sign-in was stopped: what comes next. */
import { Link, useRouteLoaderData } from '@remix-run/react';
import { ContactCenter } from '../components/contact-center.tsx';
import { titled } from '../components/page-title.ts';
import { Callout, Card, Page } from '../components/page.tsx';
import type { loader as rootLoader } from '../root.tsx';
import { signInStoppedTexts as texts } from '../texts/sign-in-notice.ts';

export const meta = titled(texts.title);

export default function SignInStopped() {
  const root = useRouteLoaderData<typeof rootLoader>('root');
  return (
    <Page title={texts.title}>
      <Callout tone="success">
        <p>{texts.lead}</p>
        <p>{texts.next}</p>
      </Callout>
      <Card title={root?.brand.contactCenter}>
        <ContactCenter brand={root?.brand} />
        <p className="mt-4 leading-175">{texts.help}</p>
      </Card>
      <Link
        to="/password/forgot"
        className="inline-flex min-h-8 items-center text-key-900 underline underline-offset-4"
      >
        {texts.forgotten}
      </Link>
    </Page>
  );
}
