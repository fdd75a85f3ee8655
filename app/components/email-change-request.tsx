/** 「メールアドレス変更」 on お客様情報設定: the current address, the request, and the way for who can't read the old mailbox. */
import { Link } from '@remix-run/react';
import { emailChangeTexts as texts } from '../texts/email-change.ts';
import { Facts } from './facts.tsx';
import { Button, Callout, Card } from './page.tsx';
import { SiteForm } from './site-form.tsx';

interface EmailChangeRequestProps {
  /** As it is. */
  address: string;
  /** Set where the request was refused: from when on it may be asked again, as it is shown. */
  refusedUntil: string | undefined;
}

export function EmailChangeRequest({ address, refusedUntil }: EmailChangeRequestProps) {
  return (
    <Card title={texts.title}>
      {refusedUntil === undefined ? null : (
        <div role="alert" className="mb-6">
          <Callout tone="error" title={texts.tooManyTitle}>
            <p>{texts.tooMany(refusedUntil)}</p>
          </Callout>
        </div>
      )}
      <Facts facts={[{ label: texts.address, value: <span className="break-all">{address}</span> }]} />
      <p className="mt-4 leading-175">{texts.requestLead}</p>
      <SiteForm className="mt-6">
        <Button name="intent" value="request-email-change" className="w-full sm:w-auto sm:min-w-60">
          {texts.request}
        </Button>
      </SiteForm>
      <div className="mt-8 border-t border-solid-gray-300 pt-5 text-sm leading-175">
        <h3 className="font-bold">{texts.unreadableTitle}</h3>
        <p className="mt-1">{texts.unreadable}</p>
        <Link
          to="/account/users"
          className="mt-1 inline-flex min-h-8 items-center text-key-900 underline underline-offset-4"
        >
          {texts.toMembers}
        </Link>
      </div>
    </Card>
  );
}
