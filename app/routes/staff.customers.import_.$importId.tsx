/** Staff: what a file of migrated customers would do, the button that does it, and what it did. */
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { readImport, runImport, type KeptImport } from '../../db/stores/customer-imports.ts';
import { jstMinute } from '../../domain/jst.ts';
import { requireAdministrator } from '../auth/guards.server.ts';
import { Facts } from '../components/facts.tsx';
import { DryRunResult, ImportDone } from '../components/import-result.tsx';
import { titled } from '../components/page-title.ts';
import { ButtonLink, Callout, Card, Page } from '../components/page.tsx';
import { RefusalNotice } from '../components/refusal-notice.tsx';
import { dryRun, readImportFile } from '../forms/customer-import.server.ts';
import { postedFields } from '../forms/posted.server.ts';
import { rowIdOf } from '../forms/row-id.server.ts';
import { importResultTexts as texts, importTexts, runRefusals } from '../texts/customer-import.ts';

async function importOf(id: string | undefined): Promise<KeptImport & { id: string }> {
  const known = rowIdOf(id);
  const kept = await readImport(known);
  if (kept === undefined) throw new Response(null, { status: 404 });
  return { ...kept, id: known };
}

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  requireAdministrator({ context, request });
  const { fileName, createdAt, bytes, done } = await importOf(params['importId']);
  return {
    fileName,
    uploadedAt: jstMinute(createdAt),
    dry: bytes === undefined ? undefined : await dryRun(bytes),
    done:
      done === undefined
        ? undefined
        : {
            ranAt: jstMinute(done.at),
            accounts: done.accounts,
            members: done.members,
            unchanged: done.unchanged,
          },
  };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const staff = requireAdministrator({ context, request });
  const { id, bytes, done } = await importOf(params['importId']);
  const digest = (await postedFields(request)).get('digest');
  if (digest === undefined) throw new Response(null, { status: 400 });
  // Pressed twice: the page says what the first press did.
  if (done !== undefined) return redirect(pageOf(id), 303);
  if (bytes === undefined) return data({ refusal: 'gone' as const }, 409);
  const table = readImportFile(bytes);
  if (table.faults.length > 0) return data({ refusal: 'faulty' as const }, 409);
  const outcome = await runImport(staff, id, { given: table.rows, digest }, context.visit);
  const ran = outcome.ok || (await importOf(id)).done !== undefined;
  return ran ? redirect(pageOf(id), 303) : data({ refusal: outcome.reason }, 409);
}

const pageOf = (id: string): string => `/staff/customers/import/${id}`;

export const meta = titled(texts.title);

export default function CustomerImportResultPage() {
  const { fileName, uploadedAt, dry, done } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>()?.refusal;
  return (
    <Page title={done === undefined ? texts.title : texts.doneTitle}>
      {refusal === undefined ? null : (
        <RefusalNotice title={runRefusals[refusal].title} lines={[runRefusals[refusal].text]} />
      )}
      <Card>
        <Facts
          facts={[
            { label: texts.file, value: <span className="break-all">{fileName}</span> },
            { label: texts.uploadedAt, value: uploadedAt },
          ]}
        />
      </Card>
      {done === undefined ? null : <ImportDone {...done} />}
      {dry === undefined ? null : <DryRunResult {...dry} />}
      {done === undefined && dry === undefined ? (
        <Callout tone="warning" title={texts.gone}>
          <p>{texts.goneText}</p>
        </Callout>
      ) : null}
      <div className="flex flex-wrap gap-4">
        <ButtonLink variant="secondary" to="/staff/customers/import">
          {importTexts.again}
        </ButtonLink>
        <ButtonLink variant="secondary" to="/staff/customers">
          {importTexts.back}
        </ButtonLink>
      </div>
    </Page>
  );
}
