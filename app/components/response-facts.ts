/** What a page must know of the response it is drawn into; the browser has no use for it and sees the defaults. */
import { createContext } from 'react';

export interface ResponseFacts {
  /** Of the content security policy. */
  nonce: string;
  /** The reference id that an error page shows and the log carries. */
  requestId: string;
}

export const ResponseFactsContext = createContext<ResponseFacts>({ nonce: '', requestId: '' });
