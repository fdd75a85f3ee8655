/** The content of every page of refusal or fault: what happened, what now, the reference; never what went on inside. */
import { errorPageTexts, errorText } from '../texts/errors.ts';

interface ErrorNoticeProps {
  /** An HTTP status. */
  status: number;
  statusText?: string | undefined;
  requestId: string;
}

/** Needs no router: drawn by Remix and by the server in front of it alike. */
export function ErrorNotice({ status, statusText, requestId }: ErrorNoticeProps) {
  const { title, lines } = errorText(status, statusText);
  return (
    <div className="mx-auto w-full max-w-2xl px-4 py-8 sm:px-6 sm:py-12">
      <h1 className="border-s-8 border-key-900 ps-4 text-2xl leading-150 font-bold">{title}</h1>
      <div className="mt-8 space-y-4 rounded-12 border border-solid-gray-300 bg-white p-5 leading-175 sm:p-8">
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        {requestId === '' ? null : (
          <p className="text-sm">
            {errorPageTexts.reference}: <code className="font-mono text-base">{requestId}</code>
          </p>
        )}
        <p>
          <a href="/" className="inline-flex min-h-8 items-center font-bold text-key-900 underline underline-offset-4">
            {errorPageTexts.home}
          </a>
        </p>
      </div>
    </div>
  );
}
