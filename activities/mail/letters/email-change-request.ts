/** メールアドレス変更依頼受付: to the address as it is, with the link to the page that asks for the new one. */
import type { LetterFacts } from '../../../domain/letters.ts';
import { frame, linkParts, type LetterText, type SiteFacts } from '../frame.ts';

/** @param url alone on its line */
export function emailChangeRequest(
  facts: LetterFacts['email-change-request'],
  site: SiteFacts,
  url: string,
): LetterText {
  const { brand } = site;
  return frame(site, {
    name: 'メールアドレス変更依頼受付',
    to: [facts.company, facts.name],
    body: [
      'メールアドレスの変更依頼を受け付けました。\n次のURLを開き、現パスワードと新しいメールアドレスを入力してください。',
      ...linkParts(url, facts.link),
      'このURLは1回だけご利用いただけます。続いて、新しいメールアドレスに確認用のURLをお送りします。\n確認が完了するまで、メールアドレスは変わりません。',
      `お心当たりのない場合は、このURLを開かずに、${brand.contactCenter} (${brand.telephone}) までご連絡ください。\nほかの人が、お客様のログイン中の画面を操作したおそれがあります。`,
    ],
  });
}
