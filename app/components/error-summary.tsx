/** What has to be corrected, on top of a refused form: focused when the page opens, each line leads to its field. */
import { CircleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { formTexts } from '../texts/form.ts';

export interface FieldError {
  /** The id of the field. */
  field: string;
  message: string;
}

/** Nothing at all when there is no error. */
export function ErrorSummary({ errors }: { errors: FieldError[] }) {
  const box = useRef<HTMLDivElement>(null);
  // Without JavaScript the browser itself goes by `autofocus`; React honours it for inputs only.
  useEffect(() => {
    box.current?.focus();
  }, []);
  if (errors.length === 0) return null;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      autoFocus
      aria-labelledby="error-summary"
      className="mb-8 rounded-8 border-2 border-error-1 bg-red-50 p-5"
    >
      <h2 id="error-summary" className="flex items-center gap-2 font-bold text-error-2">
        <CircleAlert aria-hidden className="size-6 shrink-0" />
        {formTexts.summary(errors.length)}
      </h2>
      <ul className="mt-3 list-disc space-y-1 ps-8">
        {errors.map(({ field, message }) => (
          <li key={`${field} ${message}`}>
            <a href={`#${field}`} className="text-error-2 underline underline-offset-4">
              {message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
