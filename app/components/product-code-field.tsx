/** 商品コード with the catalogue's search: by the button, and while one types where JavaScript runs. */
import { useFetcher } from '@remix-run/react';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { applicationTexts, itemLabels } from '../texts/application.ts';
import { applyTexts } from '../texts/apply.ts';
import { TextField } from './fields.tsx';
import { Button } from './page.tsx';
import { ProductResults, type FoundProduct, type ProductSearch } from './product-results.tsx';

interface ProductCodeFieldProps {
  name: string;
  row: number;
  typed: string;
  /** The name of the product that is meant by `typed`. */
  productName: string | undefined;
  /** What the button found, when the page came back with it. */
  search: ProductSearch | undefined;
  errors: string[] | undefined;
  autoFocus: boolean;
}

const TYPING_PAUSE_MILLISECONDS = 250;
const texts = applyTexts.input;

export function ProductCodeField({ name, row, typed, search, errors, autoFocus, ...props }: ProductCodeFieldProps) {
  const [productName, setProductName] = useState(props.productName);
  const [asked, setAsked] = useState<string>();
  const [open, setOpen] = useState(search !== undefined);
  const suggestions = useFetcher<ProductSearch>();
  const { load } = suggestions;
  useEffect(() => {
    if (asked === undefined) return;
    const timer = setTimeout(() => {
      load(`/products/search?${new URLSearchParams({ q: asked }).toString()}`);
    }, TYPING_PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [asked, load]);

  function ask(value: string): void {
    setProductName(undefined);
    setAsked(value);
    setOpen(value.trim() !== '');
  }

  function choose(product: FoundProduct, form: HTMLFormElement | null): void {
    const input = inputIn(form, name);
    if (input !== undefined) {
      input.value = product.code;
      input.focus();
    }
    setProductName(product.name);
    setOpen(false);
  }

  // An answer that comes late is not the one to what stands there now.
  const suggested = suggestions.data?.typed === asked ? suggestions.data : undefined;
  const shown = asked === undefined ? search : suggested;
  return (
    <div>
      <TextField
        label={itemLabels.productCode}
        name={name}
        defaultValue={typed}
        errors={errors}
        required
        hint={texts.productHint}
        autoComplete="off"
        autoFocus={autoFocus}
        onInput={(event) => ask(event.currentTarget.value)}
      />
      <div className="mt-3 flex flex-wrap items-center gap-4">
        <Button
          variant="secondary"
          name="intent"
          value={`search:${row}`}
          aria-label={texts.searchThis(applicationTexts.item(row + 1))}
          onClick={(event) => {
            event.preventDefault();
            ask(inputIn(event.currentTarget.form, name)?.value ?? '');
            setOpen(true);
          }}
        >
          <Search aria-hidden className="size-5" />
          {texts.search}
        </Button>
        {productName === undefined ? null : <p className="font-bold">{texts.chosen(productName)}</p>}
      </div>
      {open && shown !== undefined ? <ProductResults search={shown} row={row} onChoose={choose} /> : null}
    </div>
  );
}

function inputIn(form: HTMLFormElement | null, name: string): HTMLInputElement | undefined {
  const input = form?.elements.namedItem(name);
  return input instanceof HTMLInputElement ? input : undefined;
}
