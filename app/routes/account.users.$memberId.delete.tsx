/** 「削除」 of a 利用者, confirmed with the current password; also of oneself. */
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { deleteMember } from '../../db/stores/member-deletion.ts';
import { listMembers } from '../../db/stores/members.ts';
import { passwordForHashing } from '../../db/stores/sign-in.ts';
import { requireMember } from '../auth/guards.server.ts';
import { forgetBrowser } from '../auth/sign-out.server.ts';
import { Facts } from '../components/facts.tsx';
import { MemberDeletionForm } from '../components/member-deletion-form.tsx';
import { titled } from '../components/page-title.ts';
import { Badge, Card, Page } from '../components/page.tsx';
import { postedFields } from '../forms/posted.server.ts';
import { rowIdOf } from '../forms/row-id.server.ts';
import { memberDeletionTexts as texts, membersTexts, memberStates, type deletionRefusals } from '../texts/members.ts';

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const { accountId, memberId: self } = requireMember({ context, request });
  const id = rowIdOf(params['memberId']);
  const member = (await listMembers(accountId)).find((listed) => listed.id === id);
  if (member === undefined) throw new Response(null, { status: 404 });
  const { userName, address, state } = member;
  return { userName, address, state, self: id === self };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const member = requireMember({ context, request });
  const id = rowIdOf(params['memberId']);
  const typed = (await postedFields(request)).get('currentPassword') ?? '';
  if (typed === '') return refuse('missing');
  const outcome = await deleteMember(member, id, passwordForHashing(typed), context.visit);
  if (outcome.ok) {
    return id === member.memberId
      ? forgetBrowser('member', '/account/deleted')
      : redirect('/account/users?done=deleted', 303);
  }
  if (outcome.reason === 'unknown-member') throw new Response(null, { status: 404 });
  return refuse(outcome.reason);
}

const refuse = (refusal: keyof typeof deletionRefusals) => data({ refusal }, 422);

export const meta = titled(texts.title);

export default function MemberDeletionPage() {
  const { userName, address, state, self } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { label, tone } = memberStates[state];
  return (
    <Page title={texts.title} lead={<p>{texts.lead}</p>}>
      <Card title={texts.member}>
        <Facts
          facts={[
            { label: membersTexts.userName, value: userName === '' ? membersTexts.noUserName : userName },
            { label: membersTexts.address, value: <span className="break-all">{address}</span> },
            { label: membersTexts.state, value: <Badge tone={tone}>{label}</Badge> },
          ]}
        />
      </Card>
      <MemberDeletionForm invited={state !== 'active'} self={self} refusal={refused?.refusal} />
    </Page>
  );
}
