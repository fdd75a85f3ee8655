/** メールアドレス変更依頼 was taken: where its mail went. */
import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readOpenEmailChange } from '../../db/stores/email-change.ts';
import { jstMinute } from '../../domain/jst.ts';
import { requireMember } from '../auth/guards.server.ts';
import { MailedNext } from '../components/mailed-next.tsx';
import { titled } from '../components/page-title.ts';
import { ButtonLink } from '../components/page.tsx';
import { emailChangeRequestedTexts as texts, emailChangeTexts } from '../texts/email-change.ts';

export const meta = titled(texts.title);

export async function loader(asked: LoaderFunctionArgs) {
  const { memberId, address } = requireMember(asked);
  const open = await readOpenEmailChange(memberId);
  if (open?.state !== 'requested') throw redirect('/account');
  return { address, reference: open.reference, expiresAt: jstMinute(open.expiresAt) };
}

export default function EmailChangeRequested() {
  const { address, ...link } = useLoaderData<typeof loader>();
  return (
    <MailedNext title={texts.title} lead={texts.lead(address)} link={link} lines={[texts.unchanged, texts.missing]}>
      <ButtonLink to="/account" variant="secondary" className="w-full sm:w-auto sm:min-w-60">
        {emailChangeTexts.toAccount}
      </ButtonLink>
    </MailedNext>
  );
}
