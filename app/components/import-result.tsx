/** What an import would do, or did. */
import { importResultTexts as texts } from '../texts/customer-import.ts';
import { Facts } from './facts.tsx';
import { HiddenFields } from './hidden-fields.tsx';
import { Button, Callout, Card } from './page.tsx';
import { SiteForm } from './site-form.tsx';

interface DryRunProps {
  accounts: number;
  members: number;
  signInAtOnce: number;
  unchanged: number;
  faults: string[];
  moreFaults: number;
  digest: string;
}

/** The counts and the button, or what has to be mended first. */
export function DryRunResult({ faults, moreFaults, digest, ...counts }: DryRunProps) {
  if (faults.length > 0) return <ImportFaults faults={faults} more={moreFaults} />;
  const { accounts, members, signInAtOnce, unchanged } = counts;
  return (
    <>
      <Card>
        <Facts
          facts={[
            { label: texts.accounts, value: texts.people(accounts) },
            { label: texts.members, value: texts.people(members) },
            { label: texts.withHash, value: texts.people(signInAtOnce) },
            { label: texts.withoutHash, value: texts.people(members - signInAtOnce) },
            { label: texts.unchanged, value: texts.rows(unchanged) },
          ]}
        />
      </Card>
      {members === 0 ? (
        <Callout tone="info" title={texts.nothing} />
      ) : (
        <Callout tone="success" title={texts.ready}>
          <p>{texts.readyText}</p>
          <SiteForm>
            <HiddenFields fields={[['digest', digest]]} />
            <Button>{texts.run}</Button>
          </SiteForm>
        </Callout>
      )}
    </>
  );
}

function ImportFaults({ faults, more }: { faults: string[]; more: number }) {
  return (
    <Callout tone="error" title={texts.faults(faults.length + more)}>
      <p>{texts.faultsText}</p>
      <ul className="list-disc space-y-1 ps-6">
        {faults.map((fault) => (
          <li key={fault} className="break-words">
            {fault}
          </li>
        ))}
      </ul>
      {more === 0 ? null : <p>{texts.moreFaults(more)}</p>}
    </Callout>
  );
}

interface ImportDoneProps {
  ranAt: string;
  accounts: number;
  members: number;
  unchanged: number;
}

export function ImportDone({ ranAt, accounts, members, unchanged }: ImportDoneProps) {
  return (
    <>
      <Callout tone="success" title={texts.done}>
        <p>{texts.doneNext}</p>
      </Callout>
      <Card>
        <Facts
          facts={[
            { label: texts.ranAt, value: ranAt },
            { label: texts.accounts, value: texts.people(accounts) },
            { label: texts.members, value: texts.people(members) },
            { label: texts.unchanged, value: texts.rows(unchanged) },
          ]}
        />
      </Card>
    </>
  );
}
