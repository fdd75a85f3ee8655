/** 進行中のお手続き: what waits for the member, until when, and what they can do about it. */
import type { ProcedureKind } from '../../domain/procedures.ts';
import { ownProceduresTexts as texts } from '../texts/account.ts';
import { Facts, type Fact } from './facts.tsx';
import { Button, ButtonLink, Card } from './page.tsx';
import { SiteForm } from './site-form.tsx';

export interface ShownProcedure {
  id: string;
  kind: ProcedureKind | 'mfa-on';
  name: string;
  /** The same sentence as the operator's. */
  waits: string;
  /** Absent for a code: it has just been asked for. */
  begunAt: string | undefined;
  endsAt: string;
  timeLeft: string;
  /** Of a change of address, masked. */
  newAddress: string | undefined;
  /** Stands in the mail too, where there is one to match. */
  reference: string | undefined;
}

export function OwnProcedures({ procedures }: { procedures: ShownProcedure[] }) {
  return (
    <Card title={texts.title}>
      {procedures.length === 0 ? <p>{texts.none}</p> : null}
      <ul className="space-y-6">
        {procedures.map((procedure) => (
          <li key={procedure.id} className="rounded-8 border border-solid-gray-300 p-4">
            <h3 className="font-bold">{procedure.name}</h3>
            <p className="mt-2 mb-4 leading-175">{procedure.waits}</p>
            <Facts facts={factsOf(procedure)} />
            <Ways procedure={procedure} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

const factsOf = ({ newAddress, begunAt, endsAt, timeLeft, reference }: ShownProcedure): Fact[] =>
  [
    { label: texts.newAddress, value: newAddress },
    { label: texts.begunAt, value: begunAt },
    { label: texts.endsAt, value: texts.until(endsAt, timeLeft) },
    { label: texts.reference, value: reference },
  ].filter(({ value }) => value !== undefined);

function Ways({ procedure: { id, kind, name } }: { procedure: ShownProcedure }) {
  switch (kind) {
    case 'mfa-on':
      return (
        <SiteForm action="/account?index" className="mt-4 flex flex-wrap gap-4">
          <ButtonLink variant="secondary" to="/account/mfa">
            {texts.enterCode}
          </ButtonLink>
          <Cancel intent="cancel-mfa" name={name} />
        </SiteForm>
      );
    case 'password-reset':
      return (
        <SiteForm action="/account?index" className="mt-4 flex flex-wrap gap-4">
          <input type="hidden" name="procedureId" value={id} />
          <Resend intent="mail-reset-again" name={name} />
          <Cancel intent="cancel-reset" name={name} />
        </SiteForm>
      );
    case 'email-change':
      return (
        <SiteForm action="/account?index" className="mt-4 flex flex-wrap gap-4">
          <Resend intent="mail-email-change-again" name={name} />
          <Cancel intent="cancel-email-change" name={name} />
        </SiteForm>
      );
    case 'password-setup':
      return null;
  }
}

function Resend({ intent, name }: { intent: string; name: string }) {
  return (
    <Button variant="secondary" name="intent" value={intent} aria-label={`${name}: ${texts.resend}`}>
      {texts.resend}
    </Button>
  );
}

function Cancel({ intent, name }: { intent: string; name: string }) {
  return (
    <Button variant="danger" name="intent" value={intent} aria-label={`${name}: ${texts.cancel}`}>
      {texts.cancel}
    </Button>
  );
}
