/** What a button of the order form asks for. Every button posts the whole form, so that nothing typed is lost. */
import type { DraftForm } from '../../domain/application/content.ts';
import { emptyItem } from '../../domain/application/draft-form.ts';

export type ApplyAct =
  | { act: 'save' | 'confirm' | 'add-row' }
  | { act: 'remove-row' | 'search'; row: number }
  | { act: 'choose'; row: number; productCode: string };

const ROW_ACT = /^(remove-row|search|choose):(\d{1,3})(?::(.{1,200}))?$/u;

/** Reads a button's value: `save`, `search:0`, `choose:0:DSX2-8000`. @throws Response 400 for what no button says */
export function readApplyAct(intent: string): ApplyAct {
  if (intent === 'save' || intent === 'confirm' || intent === 'add-row') return { act: intent };
  const [, act, digits, productCode] = ROW_ACT.exec(intent) ?? [];
  const row = Number(digits);
  if (act === 'choose' && productCode !== undefined) return { act, row, productCode };
  if ((act === 'remove-row' || act === 'search') && productCode === undefined) return { act, row };
  throw new Response(null, { status: 400 });
}

/** The form after the button. There is always one row to type into. */
export function formAfter(form: DraftForm, asked: ApplyAct): DraftForm {
  switch (asked.act) {
    case 'add-row':
      return { ...form, items: [...form.items, emptyItem()] };
    case 'remove-row': {
      const items = form.items.filter((_, index) => index !== asked.row);
      return { ...form, items: items.length === 0 ? [emptyItem()] : items };
    }
    case 'choose':
      return {
        ...form,
        items: form.items.map((item, index) =>
          index === asked.row ? { ...item, productCode: asked.productCode } : item,
        ),
      };
    case 'save':
    case 'confirm':
    case 'search':
      return form;
  }
}
