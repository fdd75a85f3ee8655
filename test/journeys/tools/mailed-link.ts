/** The link of a mail, as its recipient presses it. */
import type { Mail } from '../../../scripts/mail-catcher/mail-box.ts';

/** @throws Error when no link with a token stands alone on a line */
export function linkIn({ subject, text }: Pick<Mail, 'subject' | 'text'>): string {
  const link = /^https?:\/\/\S+\?token=[\w-]+$/m.exec(text)?.[0];
  if (link === undefined) throw new Error(`no link stands alone on a line of ${subject}:\n${text}`);
  return link;
}
