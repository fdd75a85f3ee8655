/** Staff: a file of migrated customers is chosen; nothing is registered yet. */
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { keepImport } from '../../db/stores/customer-imports.ts';
import { importColumns, requiredColumns } from '../../domain/customer-import/columns.ts';
import { limits } from '../../runtime/limits.ts';
import { requireAdministrator } from '../auth/guards.server.ts';
import { ErrorSummary } from '../components/error-summary.tsx';
import { Facts } from '../components/facts.tsx';
import { TextField } from '../components/fields.tsx';
import { titled } from '../components/page-title.ts';
import { Badge, Button, ButtonLink, Card, Page } from '../components/page.tsx';
import { SiteForm } from '../components/site-form.tsx';
import { uploadedFile } from '../forms/upload.server.ts';
import { columnLabels, importTexts as texts } from '../texts/customer-import.ts';

const megabytes = (): number => Math.floor(limits().importBytes / 1024 / 1024);

export function loader({ context, request }: LoaderFunctionArgs) {
  requireAdministrator({ context, request });
  return { rows: limits().importRows, megabytes: megabytes() };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const staff = requireAdministrator({ context, request });
  const file = await uploadedFile(request);
  if (file === undefined) return data({ error: texts.fileMissing }, 422);
  if (file.bytes.length > limits().importBytes) return data({ error: texts.fileTooLarge(megabytes()) }, 422);
  const id = await keepImport(staff, file, context.visit);
  return redirect(`/staff/customers/import/${id}`, 303);
}

export const meta = titled(texts.title);

export default function CustomerImportPage() {
  const { rows, megabytes: most } = useLoaderData<typeof loader>();
  const errors = [useActionData<typeof action>()?.error ?? []].flat();
  const required: readonly string[] = requiredColumns;
  return (
    <Page title={texts.title} lead={<p>{texts.lead}</p>}>
      <ErrorSummary errors={errors.map((message) => ({ field: 'file', message }))} />
      <Card>
        <SiteForm encType="multipart/form-data" className="space-y-6">
          <TextField
            label={texts.file}
            name="file"
            type="file"
            accept=".csv,text/csv"
            hint={texts.fileHint(rows, most)}
            errors={errors}
            required
          />
          <Button className="w-full sm:w-auto sm:min-w-60">{texts.check}</Button>
        </SiteForm>
      </Card>
      <Card title={texts.columnsTitle}>
        <p className="mb-5 leading-175">{texts.columnsLead}</p>
        <Facts
          facts={importColumns.map((column) => ({
            label: columnLabels[column],
            value: (
              <span className="break-words">
                {required.includes(column) ? (
                  <>
                    <Badge tone="neutral">{texts.required}</Badge>{' '}
                  </>
                ) : null}
                {texts.columnNotes[column]}
              </span>
            ),
          }))}
        />
      </Card>
      <ButtonLink variant="secondary" to="/staff/customers">
        {texts.back}
      </ButtonLink>
    </Page>
  );
}
