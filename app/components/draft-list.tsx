/** A member's drafts: each can be gone on with or thrown away. */
import { applyTexts } from '../texts/apply.ts';
import { Button, ButtonLink } from './page.tsx';
import { SiteForm } from './site-form.tsx';

interface DraftListProps {
  drafts: { id: string; savedAt: string; productCodes: string[] }[];
}

const MOST_CODES = 3;
const texts = applyTexts.list;

export function DraftList({ drafts }: DraftListProps) {
  if (drafts.length === 0) return <p>{texts.noDrafts}</p>;
  return (
    <ul className="divide-y divide-solid-gray-300">
      {drafts.map(({ id, savedAt, productCodes }) => (
        <li key={id} className="flex flex-wrap items-center justify-between gap-4 py-4 first:pt-0">
          <div className="min-w-0">
            <p className="font-bold">{describe(productCodes)}</p>
            <p className="text-sm text-solid-gray-700">{texts.savedAt(savedAt)}</p>
          </div>
          <div className="flex flex-wrap gap-3">
            <ButtonLink variant="secondary" to={`/apply/${id}`} aria-label={texts.continueThis(savedAt)}>
              {texts.continue}
            </ButtonLink>
            <SiteForm>
              <input type="hidden" name="draftId" value={id} />
              <Button variant="danger" aria-label={texts.deleteThis(savedAt)}>
                {texts.delete}
              </Button>
            </SiteForm>
          </div>
        </li>
      ))}
    </ul>
  );
}

function describe(codes: string[]): string {
  if (codes.length === 0) return texts.noProducts;
  const more = codes.length - MOST_CODES;
  return [...codes.slice(0, MOST_CODES), ...(more > 0 ? [texts.moreProducts(more)] : [])].join('、');
}
