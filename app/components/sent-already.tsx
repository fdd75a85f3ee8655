/** 「送信済みです」: a draft that was sent before came again with another content. What was sent, what differs, the two ways on. */
import type { Intake } from '../../domain/flows/application.ts';
import { applicationTexts } from '../texts/application.ts';
import { applyTexts } from '../texts/apply.ts';
import { IntakeBadge } from './application-results.tsx';
import { Facts } from './facts.tsx';
import { HiddenFields } from './hidden-fields.tsx';
import { Button, ButtonLink, Card, Page } from './page.tsx';
import { SiteForm } from './site-form.tsx';

export interface SentAlreadyView {
  /** The address of the receipt. */
  receipt: string;
  applicationNumber: string;
  appliedAt: string;
  intake: Intake;
  differences: { field: string; label: string; sent?: string | undefined; typed?: string | undefined }[];
  /** All that was typed now, to be sent as another application. */
  fields: [name: string, value: string][];
  /** The address of a draft that nobody has used yet. */
  anotherAction: string;
}

const texts = applyTexts.sentAlready;

export function SentAlready({ view }: { view: SentAlreadyView }) {
  return (
    <Page title={texts.title} lead={texts.lead}>
      <Card title={texts.receipt}>
        <Facts
          facts={[
            { label: applicationTexts.applicationNumber, value: view.applicationNumber },
            { label: applicationTexts.appliedAt, value: view.appliedAt },
            { label: applicationTexts.intake, value: <IntakeBadge intake={view.intake} /> },
          ]}
        />
      </Card>
      <Card title={texts.differences}>
        <ul className="divide-y divide-solid-gray-300">
          {view.differences.map(({ field, label, sent, typed }) => (
            <li key={field} className="py-4 first:pt-0 last:pb-0">
              <h3 className="mb-2 font-bold">{label}</h3>
              <Facts
                facts={[
                  { label: texts.sent, value: sent || applicationTexts.blank },
                  { label: texts.typed, value: typed || applicationTexts.blank },
                ]}
              />
            </li>
          ))}
        </ul>
      </Card>
      <Card title={texts.ways}>
        <div className="space-y-5">
          <SiteForm action={view.anotherAction} className="space-y-3">
            <p>{texts.anotherLead}</p>
            <HiddenFields fields={view.fields} />
            <Button name="intent" value="confirm">
              {texts.another}
            </Button>
          </SiteForm>
          <p>
            <ButtonLink variant="secondary" to={view.receipt}>
              {texts.toReceipt}
            </ButtonLink>
          </p>
          <p>{texts.correct}</p>
        </div>
      </Card>
    </Page>
  );
}
