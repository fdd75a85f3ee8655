/** お届け商品情報: the rows. Adding and removing one posts the form; with JavaScript it happens at once. */
import { Plus, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { emptyItem, type DraftItem } from '../../domain/application/draft-form.ts';
import { applicationTexts, itemLabels } from '../texts/application.ts';
import { applyTexts } from '../texts/apply.ts';
import { TextField } from './fields.tsx';
import { Button } from './page.tsx';
import { PeriodFields } from './period-fields.tsx';
import { ProductCodeField } from './product-code-field.tsx';
import type { ProductSearch } from './product-results.tsx';

interface ItemRowsProps {
  items: DraftItem[];
  /** The name of the product meant in each row, where there is one. */
  productNames: (string | undefined)[];
  search: { row: number; result: ProductSearch } | undefined;
  errorsOf: (name: string) => string[] | undefined;
  today: string;
  /** The most rows. */
  most: number;
}

interface Row {
  key: number;
  item: DraftItem;
  /** The row's place when the page came from the server: what was said of it there belongs to it still. */
  loadedAt: number | undefined;
}

const ADD_BUTTON = 'add-row';
const texts = applyTexts.input;

export function ItemRows({ items, productNames, search, errorsOf, today, most }: ItemRowsProps) {
  const [rows, setRows] = useState<Row[]>(() => items.map((item, index) => ({ key: index, item, loadedAt: index })));
  const nextKey = useRef(items.length);

  function add(): void {
    nextKey.current += 1;
    setRows([...rows, { key: nextKey.current, item: emptyItem(), loadedAt: undefined }]);
  }

  function remove(key: number): void {
    setRows(rows.filter((row) => row.key !== key));
    document.getElementById(ADD_BUTTON)?.focus();
  }

  return (
    <>
      <ol className="divide-y-2 divide-solid-gray-300">
        {rows.map((row, index) => (
          <li key={row.key} className="py-8 first:pt-0">
            <ItemRow
              row={row}
              index={index}
              today={today}
              productName={row.loadedAt === undefined ? undefined : productNames[row.loadedAt]}
              search={row.loadedAt !== undefined && search?.row === row.loadedAt ? search.result : undefined}
              errorsOf={(field) =>
                row.loadedAt === undefined ? undefined : errorsOf(`items[${row.loadedAt}].${field}`)
              }
              onRemove={rows.length > 1 ? () => remove(row.key) : undefined}
            />
          </li>
        ))}
      </ol>
      {rows.length < most ? (
        <Button
          id={ADD_BUTTON}
          variant="secondary"
          name="intent"
          value="add-row"
          className="w-full"
          onClick={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <Plus aria-hidden className="size-5" />
          {texts.addRow}
        </Button>
      ) : (
        <p>{texts.fullRows(most)}</p>
      )}
    </>
  );
}

interface ItemRowProps {
  row: Row;
  index: number;
  today: string;
  productName: string | undefined;
  search: ProductSearch | undefined;
  errorsOf: (field: string) => string[] | undefined;
  /** undefined: the only row stays. */
  onRemove: (() => void) | undefined;
}

function ItemRow({ row: { item, loadedAt }, index, today, productName, search, errorsOf, onRemove }: ItemRowProps) {
  const title = applicationTexts.item(index + 1);
  const prefix = `items[${index}].`;
  return (
    <fieldset className="space-y-5">
      <legend className="mb-4 text-lg font-bold">{title}</legend>
      <ProductCodeField
        name={`${prefix}productCode`}
        row={index}
        typed={item.productCode}
        productName={productName}
        search={search}
        errors={errorsOf('productCode')}
        autoFocus={loadedAt === undefined}
      />
      <PeriodFields
        prefix={prefix}
        typed={item}
        today={today}
        errorsOf={(name) => errorsOf(name.slice(prefix.length))}
      />
      <TextField
        label={itemLabels.quantity}
        name={`${prefix}quantity`}
        defaultValue={item.quantity}
        errors={errorsOf('quantity')}
        hint={texts.quantityHint}
        inputMode="numeric"
        autoComplete="off"
        required
        className="max-w-32"
      />
      <input type="hidden" name={`${prefix}delivery`} value={item.delivery} />
      {onRemove === undefined ? null : (
        <Button
          variant="danger"
          name="intent"
          value={`remove-row:${index}`}
          onClick={(event) => {
            event.preventDefault();
            onRemove();
          }}
        >
          <Trash2 aria-hidden className="size-5" />
          {texts.removeRow(title)}
        </Button>
      )}
    </fieldset>
  );
}
