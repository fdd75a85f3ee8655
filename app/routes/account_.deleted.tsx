/** One has deleted oneself. Needs no sign-in: there is none any more. */
import { titled } from '../components/page-title.ts';
import { ButtonLink, Callout, Page } from '../components/page.tsx';
import { selfDeletedTexts as texts } from '../texts/members.ts';

export const meta = titled(texts.title);

export default function SelfDeleted() {
  return (
    <Page title={texts.title}>
      <Callout tone="success">
        <p>{texts.lead}</p>
      </Callout>
      <ButtonLink to="/" variant="secondary">
        {texts.home}
      </ButtonLink>
    </Page>
  );
}
