/** Why an application could not be taken in, in the customer's words. Leaves the screen: the same sentence stands in the mail. */
import type { IntakeRefusal } from '../application/intake.ts';

export const intakeRefusalWording: Record<IntakeRefusal, string> = {
  'product-unknown':
    'ご指定の商品コードのお取り扱いがありませんでした。商品コードをご確認のうえ、あらためてお申し込みください。',
  'product-discontinued':
    'ご指定の商品は、お取り扱いを終了しております。代わりの商品をご案内しますので、コンタクトセンタへお問い合わせください。',
  'period-not-possible':
    'ご指定のレンタル期間では承ることができませんでした。期間をご確認のうえ、あらためてお申し込みください。',
};
