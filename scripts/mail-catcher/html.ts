/** The catcher's pages, for a person who tries the site out: Japanese like the site itself, everything escaped. */
import type { Mail } from './mail-box.ts';

const STYLE = `
  :root { font: 16px/1.7 system-ui, "Noto Sans JP", "Noto Sans CJK JP", sans-serif; color: #1a1a1c; background: #f8f8fb; }
  body { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem; }
  h1 { font-size: 1.4rem; }
  ul { list-style: none; padding: 0; }
  li, article { background: #fff; border: 1px solid #d8d8db; border-radius: .5rem; margin: .5rem 0; padding: .75rem 1rem; }
  li a { font-weight: bold; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: 0 0 1rem; }
  dt, .meta { color: #626264; }
  dd { margin: 0; overflow-wrap: anywhere; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
  a { color: #0017c1; overflow-wrap: anywhere; }`;

const WHEN = new Intl.DateTimeFormat('ja-JP', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'Asia/Tokyo' });

export function listPage(mails: Mail[]): string {
  const list = mails
    .map(
      (mail) =>
        `<li><a href="/messages/${mail.id}">${escape(mail.subject) || '(件名なし)'}</a>` +
        `<div class="meta">${when(mail)} ・ ${escape(mail.to.join(', '))}</div></li>`,
    )
    .join('\n');
  const body = mails.length === 0 ? '<p>まだメールはありません。</p>' : `<ul>${list}</ul>`;
  // Mails come while one looks: the list looks again by itself, without script.
  return page(
    '届いたメール',
    `<h1>届いたメール (全${mails.length}件)</h1>${body}`,
    '<meta http-equiv="refresh" content="5">',
  );
}

export function mailPage(mail: Mail): string {
  const facts: [string, string][] = [
    ['件名', mail.subject],
    ['宛先', mail.to.join(', ')],
    ['差出人', mail.from],
    ['日時', when(mail)],
    ['Message-ID', mail.messageId],
  ];
  const head = facts.map(([name, value]) => `<dt>${name}</dt><dd>${escape(value)}</dd>`).join('');
  return page(
    mail.subject,
    `<p><a href="/">← 一覧へ戻る</a></p><article><h1>${escape(mail.subject)}</h1><dl>${head}</dl>` +
      `<pre>${withLinks(mail.text)}</pre></article><p><a href="/messages/${mail.id}/raw">原文を見る</a></p>`,
  );
}

export function notFoundPage(): string {
  return page('見つかりません', '<h1>このページは見つかりません</h1><p><a href="/">一覧へ戻る</a></p>');
}

function page(title: string, body: string, head = ''): string {
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
${head}
<title>${escape(title)} - メール確認</title>
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

/** A line that is nothing but an address of a page becomes a link. */
function withLinks(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const url = /^\s*(https?:\/\/\S+)\s*$/.exec(line)?.[1];
      return url === undefined ? escape(line) : `<a href="${escape(url)}" rel="noreferrer">${escape(url)}</a>`;
    })
    .join('\n');
}

function when(mail: Mail): string {
  return WHEN.format(new Date(mail.date));
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
