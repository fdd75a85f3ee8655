/** The telephone number, large, with its hours. */
import { Phone } from 'lucide-react';

export function ContactCenter({ brand }: { brand: { telephone: string; telephoneHours: string } | undefined }) {
  if (brand === undefined) return null;
  return (
    <p>
      <a
        href={`tel:${brand.telephone}`}
        className="inline-flex min-h-12 items-center gap-2 text-3xl font-bold text-key-1000 hover:underline"
      >
        <Phone aria-hidden className="size-7" />
        {brand.telephone}
      </a>
      <span className="block">{brand.telephoneHours}</span>
    </p>
  );
}
