/** The password is set: the way to the sign-in. */
import { titled } from '../components/page-title.ts';
import { ButtonLink, Callout, Page } from '../components/page.tsx';
import { setupDoneTexts as texts } from '../texts/password-setup.ts';

export const meta = titled(texts.title);

export default function PasswordSetupDone() {
  return (
    <Page title={texts.title}>
      <Callout tone="success">
        <p>{texts.lead}</p>
      </Callout>
      <ButtonLink to="/login" className="w-full sm:w-auto sm:min-w-60">
        {texts.signIn}
      </ButtonLink>
    </Page>
  );
}
