/** ログイン通知メール: tells a member of every completed sign-in. */
import { jstMinute } from '../../../domain/jst.ts';
import type { LetterFacts } from '../../../domain/letters.ts';
import { browserName } from '../../../domain/wording/browser-name.ts';
import { frame, linkParts, type LetterText, type SiteFacts } from '../frame.ts';

/** @param url alone on its line */
export function signInNotice(facts: LetterFacts['sign-in-notice'], site: SiteFacts, url: string): LetterText {
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
      'お心当たりのない場合は、ほかの人がログインしたおそれがあります。すぐに次のURLを開き、画面の案内に沿ってログインを停止してください。',
      ...linkParts(url, facts.link),
      `URLを開けない場合は、${brand.contactCenter} (${brand.telephone}) までご連絡ください。`,
    ],
  });
}
