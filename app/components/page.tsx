/** The building blocks of every page: heading and lead, cards, buttons, badges, call-outs. */
import { Link, type LinkProps } from '@remix-run/react';
import { CircleAlert, CircleCheck, Info, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, ReactNode } from 'react';

interface PageProps {
  title: string;
  lead?: ReactNode;
  /** `form`: one column to read and type in; `list`: tables. */
  width?: 'form' | 'list';
  children: ReactNode;
}

/** The content of one page below the frame, with its only h1. */
export function Page({ title, lead, width = 'form', children }: PageProps) {
  return (
    <div className={`mx-auto w-full px-4 py-8 sm:px-6 sm:py-12 ${width === 'form' ? 'max-w-2xl' : 'max-w-6xl'}`}>
      <h1 className="border-s-8 border-key-900 ps-4 text-2xl font-bold leading-150 sm:text-3xl">{title}</h1>
      {lead === undefined ? null : <div className="mt-4 leading-175">{lead}</div>}
      <div className="mt-8 space-y-8">{children}</div>
    </div>
  );
}

interface CardProps {
  title?: ReactNode;
  children: ReactNode;
}

/** One matter of a page. */
export function Card({ title, children }: CardProps) {
  return (
    <section className="rounded-12 border border-solid-gray-300 bg-white p-5 sm:p-8 print:border-solid-gray-600">
      {title === undefined ? null : <h2 className="mb-5 text-xl font-bold">{title}</h2>}
      {children}
    </section>
  );
}

export type ButtonVariant = 'primary' | 'secondary' | 'danger' | 'text';

const BUTTON =
  'inline-flex min-h-12 cursor-pointer items-center justify-center gap-2 rounded-8 px-6 py-2 text-center font-bold no-underline ' +
  'disabled:cursor-not-allowed disabled:border-solid-gray-300 disabled:bg-solid-gray-300 disabled:text-solid-gray-700 print:hidden';

const BUTTON_VARIANTS: Record<ButtonVariant, string> = {
  primary: 'border-2 border-key-900 bg-key-900 text-white hover:border-key-1100 hover:bg-key-1100',
  secondary: 'border-2 border-key-900 bg-white text-key-900 hover:bg-key-50',
  danger: 'border-2 border-error-2 bg-white text-error-2 hover:bg-red-50',
  text: 'text-key-900 underline underline-offset-4 hover:text-key-1100',
};

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { variant?: ButtonVariant };

/** A button that does something; a way to another page is a {@link ButtonLink}. */
export function Button({ variant = 'primary', type = 'submit', className = '', ...props }: ButtonProps) {
  return <button type={type} className={`${BUTTON} ${BUTTON_VARIANTS[variant]} ${className}`} {...props} />;
}

/** A way to another page that looks like a button. */
export function ButtonLink({ variant = 'primary', className = '', ...props }: LinkProps & { variant?: ButtonVariant }) {
  return <Link className={`${BUTTON} ${BUTTON_VARIANTS[variant]} ${className}`} {...props} />;
}

export type Tone = 'info' | 'success' | 'warning' | 'error' | 'neutral';

const BADGE_TONES: Record<Tone, string> = {
  info: 'border-key-900 bg-key-50 text-key-1000',
  success: 'border-green-800 bg-green-50 text-green-1000',
  warning: 'border-yellow-900 bg-yellow-50 text-yellow-1200',
  error: 'border-error-2 bg-red-50 text-red-1000',
  neutral: 'border-solid-gray-600 bg-solid-gray-50 text-solid-gray-800',
};

/** A state in a word or two. The word says it, the colour only helps. */
export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-block whitespace-nowrap rounded-6 border px-2 py-0.5 text-sm font-bold ${BADGE_TONES[tone]}`}
    >
      {children}
    </span>
  );
}

const CALLOUT_TONES: Record<Tone, { box: string; icon: LucideIcon }> = {
  info: { box: 'border-key-900 bg-key-50', icon: Info },
  success: { box: 'border-success-2 bg-green-50', icon: CircleCheck },
  warning: { box: 'border-warning-yellow-2 bg-yellow-50', icon: TriangleAlert },
  error: { box: 'border-error-1 bg-red-50', icon: CircleAlert },
  neutral: { box: 'border-solid-gray-536 bg-solid-gray-50', icon: Info },
};

/** Something to know before one goes on. */
export function Callout({ tone, title, children }: { tone: Tone; title?: ReactNode; children?: ReactNode }) {
  const { box, icon: Icon } = CALLOUT_TONES[tone];
  return (
    <div className={`flex gap-3 rounded-8 border-s-8 p-5 ${box}`}>
      <Icon aria-hidden className="mt-0.5 size-6 shrink-0" />
      <div className="min-w-0 space-y-2 leading-175">
        {title === undefined ? null : <p className="font-bold">{title}</p>}
        {children}
      </div>
    </div>
  );
}
