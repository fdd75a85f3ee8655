/** Why the whole form was refused, where no single field is to blame: focused when the page opens. */
import { CircleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';

export function RefusalNotice({ title, lines }: { title: string; lines: readonly string[] }) {
  const box = useRef<HTMLDivElement>(null);
  // Without JavaScript the browser itself goes by `autofocus`; React honours it for inputs only.
  useEffect(() => {
    box.current?.focus();
  }, []);
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      autoFocus
      className="mb-8 rounded-8 border-2 border-error-1 bg-red-50 p-5"
    >
      <h2 className="flex items-center gap-2 font-bold text-error-2">
        <CircleAlert aria-hidden className="size-6 shrink-0" />
        {title}
      </h2>
      <div className="mt-3 space-y-2 leading-175">
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    </div>
  );
}
