/** What every letter has around its own words: subject line, signature, the note that nobody reads answers. Source: libraries.md, Mails. */
import { jstMinute } from '../../domain/jst.ts';
import type { LinkFacts } from '../../domain/letters.ts';
import type { Brand } from '../../runtime/brand.ts';

export interface LetterText {
  subject: string;
  text: string;
}

/** What a letter may know of the site that sends it. */
export interface SiteFacts {
  brand: Brand;
  /** Links begin with it. */
  publicOrigin: string;
}

export interface LetterParts {
  /** Stands in the subject after 【site title】; never a code, never typed text. */
  name: string;
  /** Whom it is for, one line each: company, person. */
  to: string[];
  /** Paragraphs; a code or URL is a paragraph of its own. */
  body: string[];
}

const RULE = '-'.repeat(50);

/** Puts a letter together. */
export function frame({ brand }: SiteFacts, { name, to, body }: LetterParts): LetterText {
  const greeting = to.filter((line) => line !== '');
  return {
    subject: `【${brand.siteTitle}】${name}`,
    text:
      [[...greeting.slice(0, -1), `${greeting.at(-1) ?? ''} 様`].join('\n'), ...body, signature(brand)].join('\n\n') +
      '\n',
  };
}

/** A link as paragraphs: the URL alone on its line, then what it is matched by and how long it lives. */
export const linkParts = (url: string, link: LinkFacts): string[] => [
  url,
  `照合番号: ${link.reference}\n有効期限: ${jstMinute(new Date(link.expiresAt))}`,
];

/** What a reader does who knows nothing of it. */
export const unknownToYou = (brand: Brand): string =>
  `お心当たりのない場合は、お手数ですが${brand.contactCenter} (${brand.telephone}) までご連絡ください。`;

const signature = (brand: Brand): string =>
  [
    RULE,
    `${brand.companyName} ${brand.contactCenter}`,
    `電話 ${brand.telephone}`,
    brand.telephoneHours,
    '',
    'このメールは送信専用のアドレスからお送りしています。',
    'ご返信いただいてもお答えできませんので、あらかじめご了承ください。',
    RULE,
  ].join('\n');
