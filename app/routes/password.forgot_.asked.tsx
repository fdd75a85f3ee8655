/** A reset was asked for. The page knows nothing of whom: it is the same for everybody (S03). */
import { titled } from '../components/page-title.ts';
import { ButtonLink, Callout, Card, Page } from '../components/page.tsx';
import { resetAskedTexts as texts } from '../texts/password-reset.ts';

export const meta = titled(texts.title);

export default function PasswordResetAsked() {
  return (
    <Page title={texts.title}>
      <Callout tone="info">
        <p>{texts.lead}</p>
      </Callout>
      <Lines lines={texts.notes} />
      <Card title={texts.missingTitle}>
        <Lines lines={texts.missing} />
      </Card>
      <div className="flex flex-wrap gap-4">
        <ButtonLink to="/login">{texts.signIn}</ButtonLink>
        <ButtonLink to="/password/forgot" variant="secondary">
          {texts.again}
        </ButtonLink>
      </div>
    </Page>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ul className="list-disc space-y-2 ps-6 leading-175">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
