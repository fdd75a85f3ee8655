/** パスワードをお忘れの方: by telephone. */
import { useRouteLoaderData } from '@remix-run/react';
import { ContactCenter } from '../components/contact-center.tsx';
import { titled } from '../components/page-title.ts';
import { ButtonLink, Card, Page } from '../components/page.tsx';
import type { loader as rootLoader } from '../root.tsx';
import { forgottenTexts } from '../texts/password.ts';

export const meta = titled(forgottenTexts.title);

export default function PasswordForgotten() {
  const root = useRouteLoaderData<typeof rootLoader>('root');
  return (
    <Page title={forgottenTexts.title} lead={<p>{forgottenTexts.lead}</p>}>
      <Card title={root?.brand.contactCenter}>
        <ContactCenter brand={root?.brand} />
        <p className="mt-4 leading-175">{forgottenTexts.prepare}</p>
      </Card>
      <ButtonLink to="/login" variant="secondary">
        {forgottenTexts.back}
      </ButtonLink>
    </Page>
  );
}
