/** Something to tick, with what is wrong about it. */
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

interface CheckboxProps {
  name: string;
  /** Default: the name. The error summary links to it. */
  id?: string;
  label: ReactNode;
  hint?: string;
  ticked?: boolean;
  error?: string | undefined;
}

/** Posts `on` when ticked, nothing otherwise. */
export function Checkbox({ name, id = name, label, hint, ticked = false, error }: CheckboxProps) {
  const describedBy = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`]
    .join(' ')
    .trim();
  return (
    <div>
      <label className="flex min-h-12 cursor-pointer items-start gap-3 rounded-8 border border-solid-gray-600 bg-white px-4 py-3 has-checked:border-2 has-checked:border-key-900 has-checked:bg-key-50">
        <input
          type="checkbox"
          name={name}
          id={id}
          defaultChecked={ticked}
          aria-invalid={error !== undefined}
          aria-describedby={describedBy === '' ? undefined : describedBy}
          className="mt-0.5 size-5 shrink-0 accent-key-900"
        />
        <span className="min-w-0">{label}</span>
      </label>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="mt-1 text-sm leading-170 text-solid-gray-700">
          {hint}
        </p>
      )}
      {error === undefined ? null : (
        <p id={`${id}-error`} className="mt-2 flex gap-2 font-bold text-error-2">
          <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0" />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}
