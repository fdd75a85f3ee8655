/** The new address was given and waits to be confirmed: where its mail went. */
import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readGivenAddress } from '../../db/stores/address-switch.ts';
import { jstMinute } from '../../domain/jst.ts';
import { linkPaths } from '../../domain/procedures.ts';
import { mailedToken } from '../auth/mailed-link.server.ts';
import { titled } from '../components/page-title.ts';
import { MailedNext } from '../components/mailed-next.tsx';
import { addressGivenTexts as texts } from '../texts/email-change.ts';

const PURPOSE = 'email-change-request';

export const meta = titled(texts.title);

export async function loader(asked: LoaderFunctionArgs) {
  const given = await readGivenAddress(await mailedToken(asked, PURPOSE));
  // The page of the link knows what became of it.
  if (given === undefined) throw redirect(linkPaths[PURPOSE]);
  return { ...given, expiresAt: jstMinute(given.expiresAt) };
}

export default function AddressGiven() {
  const { newAddress, ...link } = useLoaderData<typeof loader>();
  return <MailedNext title={texts.title} lead={texts.lead(newAddress)} link={link} lines={[texts.missing]} />;
}
