/** Labelled fields. Hint and errors are tied to the field, so that a screen reader reads them with it. */
import { CircleAlert } from 'lucide-react';
import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useState,
} from 'react';
import { formTexts } from '../texts/form.ts';

interface Labelled {
  label: ReactNode;
  name: string;
  /** Default: the name. The error summary links to it. */
  id?: string | undefined;
  hint?: ReactNode;
  errors?: string[] | undefined;
  required?: boolean;
}

const CONTROL =
  'w-full min-h-12 rounded-8 border bg-white px-4 py-2 text-base text-solid-gray-900 ' +
  'aria-invalid:border-2 aria-invalid:border-error-1 border-solid-gray-600 hover:border-solid-gray-900';

/** What ties a control to its hint and errors. */
function described({ id, name, hint, errors, required }: Labelled) {
  const key = id ?? name;
  const ids = [hint === undefined ? undefined : `${key}-hint`, hasErrors(errors) ? `${key}-errors` : undefined];
  const describedBy = ids.filter((part) => part !== undefined).join(' ');
  return {
    id: key,
    name,
    // Not the attribute `required`: the browser's own bubbles would hide the summary and speak its language, not ours.
    ...(required === true ? { 'aria-required': true } : {}),
    ...(describedBy === '' ? {} : { 'aria-describedby': describedBy }),
    ...(hasErrors(errors) ? { 'aria-invalid': true } : {}),
  };
}

const hasErrors = (errors: string[] | undefined): errors is string[] => errors !== undefined && errors.length > 0;

function RequiredMark({ required }: { required: boolean | undefined }) {
  if (required !== true) return null;
  return <span className="ms-2 text-sm font-bold whitespace-nowrap text-error-2">{formTexts.required}</span>;
}

function Hint({ id, name, hint }: Labelled) {
  if (hint === undefined) return null;
  return (
    <div id={`${id ?? name}-hint`} className="mt-1 text-sm leading-170 text-solid-gray-700">
      {hint}
    </div>
  );
}

function Errors({ id, name, errors }: Labelled) {
  if (!hasErrors(errors)) return null;
  return (
    <ul id={`${id ?? name}-errors`} className="mt-2 space-y-1 font-bold text-error-2">
      {errors.map((error) => (
        <li key={error} className="flex gap-2">
          <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0" />
          <span>{error}</span>
        </li>
      ))}
    </ul>
  );
}

/** `after` stands below the errors. */
function Labelling({ children, after, ...field }: Labelled & { children: ReactNode; after?: ReactNode }) {
  return (
    <div>
      <label htmlFor={field.id ?? field.name} className="font-bold">
        {field.label}
        <RequiredMark required={field.required} />
      </label>
      <Hint {...field} />
      <div className="mt-2">{children}</div>
      <Errors {...field} />
      {after}
    </div>
  );
}

type Rest<Props> = Omit<Props, keyof Labelled>;

/** One line of text. */
export function TextField({
  label,
  name,
  id,
  hint,
  errors,
  required = false,
  className = '',
  ...input
}: Labelled & Rest<InputHTMLAttributes<HTMLInputElement>>) {
  const field = { label, name, id, hint, errors, required };
  return (
    <Labelling {...field}>
      <input type="text" className={`${CONTROL} ${className}`} {...described(field)} {...input} />
    </Labelling>
  );
}

/** Several lines of text. */
export function TextAreaField({
  label,
  name,
  id,
  hint,
  errors,
  required = false,
  className = '',
  ...input
}: Labelled & Rest<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  const field = { label, name, id, hint, errors, required };
  return (
    <Labelling {...field}>
      <textarea rows={4} className={`${CONTROL} ${className}`} {...described(field)} {...input} />
    </Labelling>
  );
}

/** One of many; the options are the children. */
export function SelectField({
  label,
  name,
  id,
  hint,
  errors,
  required = false,
  className = '',
  children,
  ...input
}: Labelled & Rest<SelectHTMLAttributes<HTMLSelectElement>>) {
  const field = { label, name, id, hint, errors, required };
  return (
    <Labelling {...field}>
      <select className={`${CONTROL} ${className}`} {...described(field)} {...input}>
        {children}
      </select>
    </Labelling>
  );
}

interface Choice {
  value: string;
  label: ReactNode;
}

/** One of few, all in sight. */
export function RadioGroup({
  options,
  defaultValue,
  ...field
}: Labelled & { options: readonly Choice[]; defaultValue?: string | undefined }) {
  const { id, name, ...rest } = described(field);
  return (
    <fieldset id={id} role="radiogroup" tabIndex={-1} {...rest}>
      <legend className="font-bold">
        {field.label}
        <RequiredMark required={field.required} />
      </legend>
      <Hint {...field} />
      <div className="mt-2 flex flex-wrap gap-3">
        {options.map(({ value, label }) => (
          <label
            key={value}
            className="flex min-h-12 cursor-pointer items-center gap-3 rounded-8 border border-solid-gray-600 bg-white px-4 py-2 has-checked:border-2 has-checked:border-key-900 has-checked:bg-key-50"
          >
            <input
              type="radio"
              name={name}
              value={value}
              defaultChecked={value === defaultValue}
              className="size-5 accent-key-900"
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
      <Errors {...field} />
    </fieldset>
  );
}

type PasswordProps = Labelled &
  Rest<InputHTMLAttributes<HTMLInputElement>> & { autoComplete: 'current-password' | 'new-password' };

/** A password: never given back by the server; with JavaScript it can be looked at. */
export function PasswordField({
  label,
  name,
  id,
  hint,
  errors,
  required = false,
  className = '',
  ...input
}: PasswordProps) {
  const field = { label, name, id, hint, errors, required };
  const [shown, setShown] = useState(false);
  const look = (
    <label className="needs-script mt-2 flex min-h-8 cursor-pointer items-center gap-2 text-sm">
      <input
        type="checkbox"
        checked={shown}
        onChange={(event) => setShown(event.target.checked)}
        className="size-5 accent-key-900"
      />
      {formTexts.showPassword}
    </label>
  );
  return (
    <Labelling {...field} after={look}>
      <input
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        className={`${CONTROL} ${className}`}
        {...described(field)}
        {...input}
        type={shown ? 'text' : 'password'}
      />
    </Labelling>
  );
}
