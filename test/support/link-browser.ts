/** A browser that follows the addresses in mails and keeps the cookies they give it. */
import type { AppLoadContext, LoaderFunctionArgs } from '@remix-run/node';
import { emptyContext } from './web.ts';

export class LinkBrowser {
  #cookie = '';
  readonly #context: AppLoadContext;

  constructor(context: AppLoadContext = emptyContext()) {
    this.#context = context;
  }

  /** What Remix hands to a loader, or to an action where something is posted. */
  asked(path: string, posted?: Record<string, string>): LoaderFunctionArgs {
    const init = posted === undefined ? {} : { method: 'POST', body: new URLSearchParams(posted) };
    const request = new Request(`http://localhost:3000${path}`, { ...init, headers: { Cookie: this.#cookie } });
    return { context: this.#context, params: {}, request };
  }

  /** Opens the address in the mail. @returns where it leads */
  async follow(loader: (asked: LoaderFunctionArgs) => Promise<unknown>, path: string, token: string): Promise<string> {
    const thrown = await loader(this.asked(`${path}?token=${token}`)).catch((reason: unknown) => reason);
    if (!(thrown instanceof Response)) throw new Error('the address with the token led nowhere');
    this.#cookie = thrown.headers.get('set-cookie')?.split(';')[0] ?? '';
    return thrown.headers.get('location') ?? '';
  }
}
