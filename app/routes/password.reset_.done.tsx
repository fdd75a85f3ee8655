/** The password was set anew: signing in comes next, with the code where it is on (S13). */
import { titled } from '../components/page-title.ts';
import { ButtonLink, Callout, Page } from '../components/page.tsx';
import { resetDoneTexts as texts } from '../texts/password-reset.ts';

export const meta = titled(texts.title);

export default function PasswordResetDone() {
  return (
    <Page title={texts.title}>
      <Callout tone="success">
        <p>{texts.lead}</p>
        <p>{texts.notice}</p>
      </Callout>
      <ButtonLink to="/login" className="w-full sm:w-auto sm:min-w-60">
        {texts.signIn}
      </ButtonLink>
    </Page>
  );
}
