/** お問い合わせ. */
import { useRouteLoaderData } from '@remix-run/react';
import { ContactCenter } from '../components/contact-center.tsx';
import { titled } from '../components/page-title.ts';
import { Card, Page } from '../components/page.tsx';
import type { loader as rootLoader } from '../root.tsx';
import { contactTexts } from '../texts/home.ts';

export const meta = titled(contactTexts.title);

export default function Contact() {
  const root = useRouteLoaderData<typeof rootLoader>('root');
  return (
    <Page title={contactTexts.title} lead={<p>{contactTexts.lead}</p>}>
      <Card title={root?.brand.contactCenter}>
        <ContactCenter brand={root?.brand} />
        <div className="mt-4 space-y-2 leading-175">
          <p>{contactTexts.prepare}</p>
          <p>{contactTexts.errorReference}</p>
        </div>
      </Card>
    </Page>
  );
}
