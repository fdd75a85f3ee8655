/** What stands around every page, also around error pages and before sign-in: who we are and how to reach us. */
import { Phone } from 'lucide-react';
import type { ReactNode } from 'react';
import { frameTexts } from '../texts/frame.ts';

/** The brand as the frame shows it. */
export interface FrameBrand {
  shortName: string;
  companyName: string;
  siteTitle: string;
  consultationLead: string;
  telephone: string;
  telephoneHours: string;
  contactLabel: string;
}

interface FrameProps {
  brand: FrameBrand;
  /** The band below the header: navigation, who is signed in. */
  band?: ReactNode;
  children: ReactNode;
}

/** Needs no router: the refusals of the server in front of Remix are drawn with it too. */
export function Frame({ brand, band, children }: FrameProps) {
  return (
    <div className="flex min-h-screen flex-col">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:start-4 focus:top-4 focus:z-10 focus:bg-white focus:px-4 focus:py-3"
      >
        {frameTexts.skip}
      </a>
      <Header brand={brand} band={band} />
      <main id="main" tabIndex={-1} className="flex-1 focus:outline-none">
        {children}
      </main>
      <Footer brand={brand} />
    </div>
  );
}

function Header({ brand, band }: Omit<FrameProps, 'children'>) {
  return (
    <header className="border-t-8 border-key-1000 bg-white">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-8 gap-y-3 px-4 py-4 sm:px-6">
        <a href="/" className="text-solid-gray-900 no-underline">
          <span className="block text-2xl leading-120 font-bold tracking-wide text-key-1000">{brand.shortName}</span>
          <span className="block text-sm">{brand.companyName}</span>
        </a>
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <Telephone brand={brand} />
          <a
            href="/contact"
            className="inline-flex min-h-11 items-center rounded-8 border-2 border-key-900 px-4 font-bold text-key-900 hover:bg-key-50 print:hidden"
          >
            {brand.contactLabel}
          </a>
        </div>
      </div>
      <div className="bg-key-1100 text-white print:bg-white print:text-solid-gray-900">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-6 px-4 sm:px-6">
          <a href="/" className="py-3 text-lg font-bold hover:underline">
            {brand.siteTitle}
          </a>
          {band}
        </div>
      </div>
    </header>
  );
}

/** The number is a link only as far as a thumb needs it: phones dial, desktops show. */
export function Telephone({ brand }: { brand: FrameBrand }) {
  return (
    <div className="text-sm leading-140">
      <p>{brand.consultationLead}</p>
      <p className="flex flex-wrap items-center gap-x-2">
        <a
          href={`tel:${brand.telephone}`}
          className="inline-flex min-h-8 items-center gap-1 text-xl font-bold text-key-1000 hover:underline"
        >
          <Phone aria-hidden className="size-5" />
          <span className="sr-only">{frameTexts.telephoneLabel}</span>
          {brand.telephone}
        </a>
        <span className="text-xs">{brand.telephoneHours}</span>
      </p>
    </div>
  );
}

function Footer({ brand }: { brand: FrameBrand }) {
  return (
    <footer className="mt-8 border-t border-solid-gray-300 bg-white text-sm print:hidden">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-8 gap-y-3 px-4 py-6 sm:px-6">
        <p>
          {brand.shortName} {brand.companyName}
        </p>
        <p className="flex flex-wrap gap-x-6 gap-y-2">
          <a href="/" className="inline-flex min-h-8 items-center text-key-900 underline underline-offset-4">
            {frameTexts.notices}
          </a>
          <a href="/contact" className="inline-flex min-h-8 items-center text-key-900 underline underline-offset-4">
            {brand.contactLabel}
          </a>
        </p>
      </div>
    </footer>
  );
}
