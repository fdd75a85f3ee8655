/** メールアドレス変更, behind the link in the old mailbox: current password and new address. Works in any browser, signed in or not. */
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { giveNewAddress, readNewAddressPage } from '../../db/stores/address-switch.ts';
import { passwordForHashing } from '../../db/stores/sign-in.ts';
import { jstMinute } from '../../domain/jst.ts';
import { linkPaths } from '../../domain/procedures.ts';
import { deadLink, mailedToken } from '../auth/mailed-link.server.ts';
import { DeadLinkPage } from '../components/dead-link.tsx';
import { Facts } from '../components/facts.tsx';
import { NewAddressForm } from '../components/new-address-form.tsx';
import { titled } from '../components/page-title.ts';
import { Card, Page } from '../components/page.tsx';
import { judgeNewAddress, keptNewAddress } from '../forms/new-address.server.ts';
import { postedFields } from '../forms/posted.server.ts';
import { emailChangeTexts, newAddressTexts as texts } from '../texts/email-change.ts';

const PURPOSE = 'email-change-request';

export const meta = titled(texts.title);

export async function loader(asked: LoaderFunctionArgs) {
  const page = await readNewAddressPage(await mailedToken(asked, PURPOSE));
  if (!page.ok) return deadLink(page.reason);
  const kept = await keptNewAddress(asked.context.member, linkPaths[PURPOSE]);
  return { ...page.value, expiresAt: jstMinute(page.value.expiresAt), kept };
}

export async function action(asked: ActionFunctionArgs) {
  const { context, request } = asked;
  const token = await mailedToken(asked, PURPOSE);
  const judged = judgeNewAddress(await postedFields(request));
  if (!judged.ok) return data({ faults: judged.faults, refusal: undefined, typed: judged.typed }, { status: 422 });
  const { address } = judged;
  const given = { password: passwordForHashing(judged.password), address };
  const outcome = await giveNewAddress(token, given, context.visit);
  if (outcome.ok) return redirect('/email-change/given');
  switch (outcome.reason) {
    case 'expired':
    case 'used':
    case 'cancelled':
    case 'unknown':
      return deadLink(outcome.reason);
    case 'current-password-wrong':
    case 'has-to-wait':
    case 'address-unchanged':
    case 'address-in-account':
    case 'too-many':
      return data({ faults: [], refusal: outcome.reason, typed: address.entered }, { status: 422 });
  }
}

export default function NewAddress() {
  const page = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  if (refused !== undefined && 'dead' in refused) return <DeadLinkPage purpose={PURPOSE} dead={refused.dead} />;
  if ('dead' in page) return <DeadLinkPage purpose={PURPOSE} dead={page.dead} />;
  const facts = [
    { label: emailChangeTexts.current, value: <span className="break-all">{page.address}</span> },
    { label: emailChangeTexts.expires, value: page.expiresAt },
    { label: emailChangeTexts.reference, value: page.reference },
  ];
  return (
    <Page title={texts.title} lead={<p>{texts.lead}</p>}>
      <Card>
        <Facts facts={facts} />
        <p className="mt-4 mb-6 leading-175">{texts.unchanged}</p>
        <NewAddressForm loginId={page.loginId} kept={page.kept} refused={refused} />
      </Card>
    </Page>
  );
}
