/** トップページ: お知らせ, and the ways in. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useRouteLoaderData } from '@remix-run/react';
import { ChevronRight } from 'lucide-react';
import { listNotices } from '../../db/stores/notices.ts';
import { jstDate, readableDate } from '../../domain/jst.ts';
import { requireMember } from '../auth/guards.server.ts';
import { ButtonLink, Card, Page } from '../components/page.tsx';
import type { loader as rootLoader } from '../root.tsx';
import { homeTexts } from '../texts/home.ts';

export async function loader(asked: LoaderFunctionArgs) {
  // Whoever still has to change the password is led there from the first page too.
  if (asked.context.member?.mustChangePassword === true) requireMember(asked);
  const notices = await listNotices();
  return {
    notices: notices.map(({ id, title, body, publishedAt }) => {
      const date = jstDate(publishedAt);
      return { id, title, body, date, readableDate: readableDate(date) };
    }),
  };
}

export default function Home() {
  const { notices } = useLoaderData<typeof loader>();
  const root = useRouteLoaderData<typeof rootLoader>('root');
  return (
    <Page title={homeTexts.welcome(root?.brand.siteTitle ?? '')} width="list">
      {root?.member === undefined ? <WayIn /> : <Menu entries={root.navigation.member} />}
      <Card title={homeTexts.notices}>
        {notices.length === 0 ? <p>{homeTexts.noNotices}</p> : null}
        <ul className="divide-y divide-solid-gray-300">
          {notices.map((notice) => (
            <li key={notice.id} className="py-5 first:pt-0 last:pb-0">
              <time dateTime={notice.date} className="text-sm text-solid-gray-700">
                {notice.readableDate}
              </time>
              <h3 className="mt-1 text-lg font-bold">{notice.title}</h3>
              <p className="mt-2 leading-175 whitespace-pre-line">{notice.body}</p>
            </li>
          ))}
        </ul>
      </Card>
    </Page>
  );
}

function WayIn() {
  return (
    <Card>
      <p className="mb-5 leading-175">{homeTexts.signInLead}</p>
      <ButtonLink to="/login" className="w-full sm:w-auto sm:min-w-60">
        {homeTexts.signIn}
      </ButtonLink>
    </Card>
  );
}

function Menu({ entries }: { entries: readonly { to: string; label: string }[] }) {
  return (
    <nav aria-label={homeTexts.menu} className="grid gap-4 sm:grid-cols-2">
      {entries.map(({ to, label }) => (
        <ButtonLink key={to} to={to} variant="secondary" className="justify-start! p-5! text-start!">
          <span className="flex-1">
            <span className="block text-lg">{label}</span>
            <span className="block text-sm font-normal text-solid-gray-800">{homeTexts.menuLead[to]}</span>
          </span>
          <ChevronRight aria-hidden className="size-6 shrink-0" />
        </ButtonLink>
      ))}
    </nav>
  );
}
