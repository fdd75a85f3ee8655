/** ログイン中のブラウザ: where one is signed in, and the way to sign others out. */
import { ownSessionsTexts as texts } from '../texts/account.ts';
import type { FieldError } from './error-summary.tsx';
import { Facts } from './facts.tsx';
import { PasswordField, RadioGroup } from './fields.tsx';
import { Badge, Button, Card } from './page.tsx';
import { SiteForm } from './site-form.tsx';

export interface ShownSession {
  id: string;
  browser: string;
  ip: string;
  signedInAt: string;
  lastSeenAt: string;
  /** This browser. */
  own: boolean;
}

/** Ids of the fields, for the error summary. */
export const SESSION_FIELDS = { which: 'which', currentPassword: 'sessionsPassword' } as const;

export function OwnSessions({ sessions, errors }: { sessions: ShownSession[]; errors: readonly FieldError[] }) {
  const errorsOf = (id: string) => errors.filter(({ field }) => field === id).map(({ message }) => message);
  const others = sessions.filter(({ own }) => !own);
  return (
    <Card title={texts.title}>
      <p className="leading-175">{texts.lead}</p>
      {sessions
        .filter(({ own }) => own)
        .map((session) => (
          <div key={session.id} className="mt-5 rounded-8 border border-solid-gray-300 p-4">
            <Badge tone="info">{texts.own}</Badge>
            <div className="mt-3">
              <Facts facts={factsOf(session)} />
            </div>
          </div>
        ))}
      {others.length === 0 ? <p className="mt-5">{texts.none}</p> : <Others others={others} errorsOf={errorsOf} />}
    </Card>
  );
}

const factsOf = ({ browser, ip, signedInAt, lastSeenAt, own }: ShownSession) => [
  { label: texts.browser, value: browser },
  { label: texts.ip, value: ip },
  { label: texts.signedInAt, value: signedInAt },
  { label: texts.lastSeenAt, value: own ? texts.now : lastSeenAt },
];

function Others({ others, errorsOf }: { others: ShownSession[]; errorsOf: (id: string) => string[] }) {
  const each = others.map((session) => ({
    value: session.id,
    label: (
      <span className="block leading-175">
        <span className="block font-bold">{session.browser}</span>
        {factsOf(session)
          .slice(1)
          .map(({ label, value }) => (
            <span key={label} className="block text-sm">
              {label} {value}
            </span>
          ))}
      </span>
    ),
  }));
  return (
    <SiteForm action="/account?index" className="mt-6 space-y-6">
      <RadioGroup
        label={texts.which}
        name="which"
        id={SESSION_FIELDS.which}
        errors={errorsOf(SESSION_FIELDS.which)}
        options={[{ value: 'all', label: texts.all }, ...each]}
      />
      <PasswordField
        label={texts.currentPassword}
        name="currentPassword"
        id={SESSION_FIELDS.currentPassword}
        hint={texts.currentPasswordHint}
        errors={errorsOf(SESSION_FIELDS.currentPassword)}
        required
        autoComplete="current-password"
      />
      <Button name="intent" value="end-sessions" variant="danger" className="w-full sm:w-auto sm:min-w-60">
        {texts.submit}
      </Button>
    </SiteForm>
  );
}
