/** The page of a mailed link that leads nowhere any more. */
import type { DeadLink, LinkPurpose } from '../../domain/procedures.ts';
import { deadLinkLeads, deadLinkTitles, nextStepOf } from '../texts/links.ts';
import { ButtonLink, Callout, Page } from './page.tsx';

export function DeadLinkPage({ purpose, dead }: { purpose: LinkPurpose; dead: DeadLink }) {
  const next = nextStepOf(purpose, dead);
  return (
    <Page title={deadLinkTitles[dead]}>
      <Callout tone="warning">
        <p>{deadLinkLeads[dead]}</p>
        <p>{next.text}</p>
      </Callout>
      <ButtonLink to={next.to}>{next.label}</ButtonLink>
    </Page>
  );
}
