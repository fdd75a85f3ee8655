/** Products to choose from: buttons that post the form, or with JavaScript just fill the field. */
import { applyTexts } from '../texts/apply.ts';

export interface FoundProduct {
  code: string;
  name: string;
}

export interface ProductSearch {
  /** What was searched for. */
  typed: string;
  found: FoundProduct[];
  /** As many as are shown at the most: then there may be more. */
  most: number;
}

interface ProductResultsProps {
  search: ProductSearch;
  row: number;
  /** With JavaScript: fills the field. */
  onChoose: (product: FoundProduct, form: HTMLFormElement | null) => void;
}

const texts = applyTexts.input;

export function ProductResults({ search, row, onChoose }: ProductResultsProps) {
  return (
    <div className="mt-3 rounded-8 border border-key-300 bg-key-50 p-4">
      <p role="status">{summary(search)}</p>
      {search.found.length === 0 ? null : (
        <ul className="mt-3 max-h-96 space-y-2 overflow-y-auto p-1">
          {search.found.map((product) => (
            <li key={product.code}>
              <button
                name="intent"
                value={`choose:${row}:${product.code}`}
                aria-label={texts.choose(product.code, product.name)}
                onClick={(event) => {
                  event.preventDefault();
                  onChoose(product, event.currentTarget.form);
                }}
                className="min-h-12 w-full cursor-pointer rounded-8 border border-solid-gray-600 bg-white px-4 py-2 text-start hover:border-key-900 hover:bg-key-100"
              >
                <span className="block font-bold text-key-1000">{product.code}</span>
                <span className="block">{product.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function summary({ typed, found, most }: ProductSearch): string {
  if (typed.trim() === '') return texts.typeFirst;
  if (found.length === 0) return texts.notFound(typed);
  return found.length >= most ? texts.foundMost(found.length) : texts.found(found.length);
}
