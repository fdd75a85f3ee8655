/** 「利用者管理」: 「利用者追加」 and 「利用者一覧」. */
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { MailAddress } from '../../domain/mail-address.ts';
import { addMember, listMembers, resendSetup } from '../../db/stores/members.ts';
import type { MemberSession } from '../../db/stores/sessions.ts';
import type { Visit } from '../../db/stores/visit.ts';
import { documentLimits } from '../../runtime/limits.ts';
import { comeBack, requireMember, type Asked } from '../auth/guards.server.ts';
import { MemberAddForm } from '../components/member-add-form.tsx';
import { MemberList } from '../components/member-list.tsx';
import { titled } from '../components/page-title.ts';
import { Callout, Page } from '../components/page.tsx';
import { readMembersAct } from '../forms/members.server.ts';
import { memberRows } from '../forms/member-rows.server.ts';
import { addressFields, postedFields } from '../forms/posted.server.ts';
import { addRefusals, mailRefusals, memberNotices, membersTexts as texts } from '../texts/members.ts';

const PAGE = '/account/users';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { accountId, memberId } = requireMember({ context, request });
  const members = memberRows(await listMembers(accountId), memberId);
  return { members, most: documentLimits.membersPerAccount, done: doneOf(addressFields(request).get('done')) };
}

const doneOf = (word: string | undefined): keyof typeof memberNotices | undefined =>
  word === 'added' || word === 'mailed' || word === 'deleted' ? word : undefined;

export async function action({ context, request }: ActionFunctionArgs) {
  const member = requireMember({ context, request });
  const asked = readMembersAct(await postedFields(request));
  return asked.act === 'add'
    ? add(member, asked.typed, asked.address, { context, request })
    : mailAgain(member, asked.memberId, context.visit);
}

async function add(member: MemberSession, typed: string, address: MailAddress | undefined, by: Asked) {
  if (address === undefined) return refuseAdding(typed, typed.trim() === '' ? 'missing' : 'not-an-address');
  const outcome = await addMember(member, address, by.context.visit);
  if (outcome.ok) return redirect(`${PAGE}?done=added`, 303);
  if (outcome.reason === 'adder-deleted') throw redirect(`/login?${comeBack(by.request)}`);
  return refuseAdding(typed, outcome.reason);
}

const refuseAdding = (typed: string, reason: keyof typeof addRefusals) =>
  data({ adding: { typed, error: addRefusals[reason](documentLimits.membersPerAccount) }, mailing: undefined }, 422);

async function mailAgain(member: MemberSession, memberId: string, visit: Visit) {
  const outcome = await resendSetup(member, memberId, visit);
  if (outcome.ok) return redirect(`${PAGE}?done=mailed`, 303);
  if (outcome.reason === 'unknown-member') throw new Response(null, { status: 404 });
  return data({ adding: undefined, mailing: outcome.reason }, 409);
}

export const meta = titled(texts.title);

export default function MembersPage() {
  const { members, most, done } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const mailing = refused?.mailing === undefined ? undefined : mailRefusals[refused.mailing];
  return (
    <Page title={texts.title} lead={<p>{texts.lead(most)}</p>} width="list">
      {mailing === undefined ? null : (
        <div role="alert">
          <Callout tone="warning" title={mailing.title}>
            <p>{mailing.text}</p>
          </Callout>
        </div>
      )}
      {done === undefined || refused !== undefined ? null : (
        <Callout tone="success" title={memberNotices[done].title}>
          <p>{memberNotices[done].text}</p>
        </Callout>
      )}
      <MemberAddForm most={most} full={members.length >= most} refused={refused?.adding} />
      <section className="space-y-4">
        <h2 className="text-xl font-bold">{texts.list}</h2>
        <p className="text-lg font-bold">{texts.total(members.length)}</p>
        <MemberList members={members} />
      </section>
    </Page>
  );
}
