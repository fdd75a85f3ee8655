/** メールアドレス変更, behind the link in the new mailbox: the button that switches. Works in any browser, signed in or not. */
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { confirmNewAddress, readConfirmationPage } from '../../db/stores/address-switch.ts';
import { jstMinute } from '../../domain/jst.ts';
import { deadLink, forgetMailedToken, mailedToken } from '../auth/mailed-link.server.ts';
import { DeadLinkPage } from '../components/dead-link.tsx';
import { Facts } from '../components/facts.tsx';
import { titled } from '../components/page-title.ts';
import { Button, ButtonLink, Callout, Card, Page } from '../components/page.tsx';
import { SiteForm } from '../components/site-form.tsx';
import {
  addressConfirmationTexts as texts,
  addressTakenTexts,
  emailChangeTexts,
  newAddressTexts,
} from '../texts/email-change.ts';

const PURPOSE = 'email-change-confirmation';

export const meta = titled(texts.title);

export async function loader(asked: LoaderFunctionArgs) {
  const page = await readConfirmationPage(await mailedToken(asked, PURPOSE));
  return page.ok ? { ...page.value, expiresAt: jstMinute(page.value.expiresAt) } : deadLink(page.reason);
}

export async function action(asked: ActionFunctionArgs) {
  const { member, visit } = asked.context;
  const outcome = await confirmNewAddress(await mailedToken(asked, PURPOSE), member, visit);
  if (outcome.ok)
    return redirect('/email-change/done', { headers: { 'Set-Cookie': await forgetMailedToken(PURPOSE) } });
  return outcome.reason === 'address-taken'
    ? data({ dead: undefined, refusal: outcome.reason }, { status: 409 })
    : deadLink(outcome.reason);
}

export default function AddressConfirmation() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (answer !== undefined && 'refusal' in answer) return <AddressTaken />;
  if (answer !== undefined) return <DeadLinkPage purpose={PURPOSE} dead={answer.dead} />;
  if ('dead' in page) return <DeadLinkPage purpose={PURPOSE} dead={page.dead} />;
  const facts = [
    {
      label: newAddressTexts.newAddress,
      value: <strong className="text-lg break-all">{page.newAddress}</strong>,
    },
    { label: emailChangeTexts.expires, value: page.expiresAt },
    { label: emailChangeTexts.reference, value: page.reference },
  ];
  return (
    <Page title={texts.title} lead={<p>{texts.lead}</p>}>
      <Card>
        <Facts facts={facts} />
        <p className="mt-4 leading-175">{texts.consequences}</p>
        <SiteForm className="mt-6">
          <Button className="w-full sm:w-auto sm:min-w-60">{texts.submit}</Button>
        </SiteForm>
      </Card>
    </Page>
  );
}

function AddressTaken() {
  return (
    <Page title={addressTakenTexts.title}>
      <Callout tone="error">
        <p>{addressTakenTexts.lead}</p>
        <p>{addressTakenTexts.next}</p>
      </Callout>
      <ButtonLink to="/account">{emailChangeTexts.toAccount}</ButtonLink>
    </Page>
  );
}
