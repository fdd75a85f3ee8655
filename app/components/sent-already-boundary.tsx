/** The error boundary of the pages that send a draft: a refusal with what was sent before, or whatever else went wrong. */
import { isRouteErrorResponse, useRouteError } from '@remix-run/react';
import { useContext } from 'react';
import { ErrorNotice } from './error-notice.tsx';
import { ResponseFactsContext } from './response-facts.ts';
import { SentAlready, type SentAlreadyView } from './sent-already.tsx';

export function SentAlreadyBoundary() {
  const error = useRouteError();
  const { requestId } = useContext(ResponseFactsContext);
  if (!isRouteErrorResponse(error)) return <ErrorNotice status={500} requestId={requestId} />;
  if (error.status === 409) return <SentAlready view={error.data as SentAlreadyView} />;
  return <ErrorNotice status={error.status} requestId={requestId} />;
}
