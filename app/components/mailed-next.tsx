/** A step of メールアドレス変更 is done and the next one waits in a mailbox: which one, until when, and what if nothing comes. */
import type { ReactNode } from 'react';
import { emailChangeTexts } from '../texts/email-change.ts';
import { Facts } from './facts.tsx';
import { Callout, Card, Page } from './page.tsx';

interface MailedNextProps {
  title: string;
  lead: string;
  link: { reference: string; expiresAt: string };
  lines: readonly string[];
  /** The way on. */
  children?: ReactNode;
}

export function MailedNext({ title, lead, link, lines, children }: MailedNextProps) {
  const facts = [
    { label: emailChangeTexts.expires, value: link.expiresAt },
    { label: emailChangeTexts.reference, value: link.reference },
  ];
  return (
    <Page title={title}>
      <Callout tone="success">
        <p className="break-words">{lead}</p>
      </Callout>
      <Card>
        <Facts facts={facts} />
        <div className="mt-4 space-y-2 leading-175">
          {lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      </Card>
      {children}
    </Page>
  );
}
