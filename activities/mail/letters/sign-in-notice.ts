/** ログイン通知メール: tells a member of every completed sign-in. */
import { jstMinute } from '../../../domain/jst.ts';
import type { LetterFacts } from '../../../domain/letters.ts';
import { browserName } from '../browser-name.ts';
import { frame, type LetterText, type SiteFacts } from '../frame.ts';

export function signInNotice(facts: LetterFacts['sign-in-notice'], site: SiteFacts): LetterText {
  const { brand } = site;
  return frame(site, {
    name: 'ログイン通知メール',
    to: [facts.company, facts.name],
    body: [
      `${brand.siteTitle}へのログインがありましたので、お知らせします。`,
      [
        `ログイン日時: ${jstMinute(new Date(facts.signedInAt))}`,
        `IPアドレス: ${facts.ip}`,
        `ご利用のブラウザ: ${browserName(facts.browser)}`,
      ].join('\n'),
      'ご自身によるログインの場合、お手続きは不要です。',
      `お心当たりのない場合は、ほかの人がログインしたおそれがあります。\nすぐに${brand.contactCenter} (${brand.telephone}) までご連絡ください。`,
    ],
  });
}
