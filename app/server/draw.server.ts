/** A React tree as the whole HTML that goes out. */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ReactElement } from 'react';
import { renderToPipeableStream } from 'react-dom/server';

/** @throws whatever a component throws: a fault on the way is a proper error page, never half a page */
export async function draw(page: ReactElement, nonce: string): Promise<string> {
  const whole = new PassThrough();
  const html = await new Promise<string>((resolve, reject) => {
    const { pipe } = renderToPipeableStream(page, {
      nonce,
      onAllReady: () => {
        text(whole).then(resolve, reject);
        pipe(whole);
      },
      onShellError: reject,
      onError: reject,
    });
  });
  // React 18 leaves NUL bytes where a character of several bytes doesn't fit into its buffer; browsers show them as U+FFFD
  // (facebook/react#31134). No text of ours has any: posted ones are refused, PostgreSQL stores none.
  return html.replaceAll('\0', '');
}
