/** The link in a mail, as its recipient presses it. */
import type { Mail } from '../../../scripts/mail-catcher/mail-box.ts';

/** The address that stands alone on its line. @throws Error when there is none */
export function linkIn({ text }: Pick<Mail, 'text'>): string {
  const link = /^https?:\/\/\S+\?token=\S+$/m.exec(text)?.[0];
  if (link === undefined) throw new Error(`no link stands alone on a line of:\n${text}`);
  return link;
}
