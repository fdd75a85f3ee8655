/** Mail addresses for tests, parsed as the site parses what is typed. */
import { parseMailAddress, type MailAddress } from '../../domain/mail-address.ts';

/** @throws Error for what is no address */
export function mailAddress(typed: string): MailAddress {
  const address = parseMailAddress(typed);
  if (address === undefined) throw new Error('a test needs a mail address');
  return address;
}
