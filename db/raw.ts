/** The one place that runs SQL text: constant text, every value bound (S40). */
import { QueryTypes } from 'sequelize';
import { database, type Tx } from './connect.ts';

/** Rows of a statement. `text` is a constant with `$1 …` or `$name`; @param bind its values. */
export async function rows<Row extends object>(
  text: string,
  bind: unknown[] | Record<string, unknown> = [],
  tx?: Tx,
): Promise<Row[]> {
  return database().query<Row>(text, {
    bind,
    type: QueryTypes.SELECT,
    ...(tx === undefined ? {} : { transaction: tx }),
  });
}

/** The first row of a statement, or undefined. */
export async function firstRow<Row extends object>(
  text: string,
  bind: unknown[] | Record<string, unknown> = [],
  tx?: Tx,
): Promise<Row | undefined> {
  return (await rows<Row>(text, bind, tx))[0];
}
