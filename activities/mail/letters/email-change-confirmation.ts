/** メールアドレス変更の確認: to the new address, which may be a stranger's by a slip of the keyboard, so that it names nobody. */
import type { LetterFacts } from '../../../domain/letters.ts';
import { frame, linkParts, type LetterText, type SiteFacts } from '../frame.ts';

/** @param url alone on its line */
export function emailChangeConfirmation(
  facts: LetterFacts['email-change-confirmation'],
  site: SiteFacts,
  url: string,
): LetterText {
  const { siteTitle } = site.brand;
  return frame(site, {
    name: 'メールアドレス変更の確認',
    to: ['ご利用者'],
    body: [
      `${siteTitle}で、このメールアドレスへの変更手続きが行われています。\n次のURLを開き、「このメールアドレスに変更する」を押すと、変更が完了します。`,
      ...linkParts(url, facts.link),
      'このURLは1回だけご利用いただけます。確認が完了するまで、これまでのメールアドレスをご利用いただけます。',
      'お心当たりのない場合は、このメールを破棄してください。メールアドレスは変更されません。',
    ],
  });
}
