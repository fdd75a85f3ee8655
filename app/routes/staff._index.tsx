/** Staff: what waits for them, oldest first. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { jstMinute } from '../../domain/jst.ts';
import { listWaitingApplications } from '../../db/stores/application-lists.ts';
import { limits } from '../../runtime/limits.ts';
import { requireStaff } from '../auth/guards.server.ts';
import { addressWith } from '../components/list-address.ts';
import { titled } from '../components/page-title.ts';
import { Card, Page } from '../components/page.tsx';
import { Pager } from '../components/pager.tsx';
import { StaffQueue } from '../components/staff-queue.tsx';
import { overdueJudge } from '../forms/overdue.server.ts';
import { readPageNumber } from '../forms/page-number.server.ts';
import { addressFields } from '../forms/posted.server.ts';
import { queueTexts } from '../texts/staff-applications.ts';

const PAGE_SIZE = 20;

export async function loader({ context, request }: LoaderFunctionArgs) {
  requireStaff({ context, request });
  const { total, found, page, last } = await readPage(readPageNumber(addressFields(request)));
  const isOverdue = await overdueJudge(found, new Date());
  return {
    total,
    page,
    last,
    reminderHours: limits().staffReminderBusinessHours,
    found: found.map((application) => ({
      id: application.id,
      applicationNumber: application.applicationNumber,
      appliedAt: jstMinute(application.appliedAt),
      customerNumber: application.customerNumber,
      company: application.company,
      kind: application.kind,
      orderNumber: application.orderNumber,
      working: application.commandOpen,
      overdue: isOverdue(application),
    })),
  };
}

/** The page asked for, or the last one where there are fewer. */
async function readPage(page: number) {
  const asked = await listWaitingApplications(page, PAGE_SIZE);
  const last = Math.max(1, Math.ceil(asked.total / PAGE_SIZE));
  if (page <= last) return { ...asked, page, last };
  return { ...(await listWaitingApplications(last, PAGE_SIZE)), page: last, last };
}

export const meta = titled(queueTexts.title);

export default function StaffQueuePage() {
  const { total, page, last, reminderHours, found } = useLoaderData<typeof loader>();
  return (
    <Page title={queueTexts.title} lead={queueTexts.lead} width="list">
      <p className="text-lg font-bold">{queueTexts.total(total)}</p>
      {total === 0 ? <Card>{queueTexts.empty}</Card> : <StaffQueue found={found} />}
      <Pager page={page} last={last} hrefOf={(to) => addressWith('', { page: String(to) })} />
      <p className="text-sm text-solid-gray-700">{queueTexts.overdueHint(reminderHours)}</p>
    </Page>
  );
}
