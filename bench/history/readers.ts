/** Whoever reads a history, over HTTP or by the store alone: contenders of one measure. */
import { listApplications, type ApplicationQuery } from '../../db/stores/application-lists.ts';
import { historyTexts } from '../../app/texts/history.ts';
import type { Browser } from '../../test/attacks/tools/browser.ts';
import { callAll } from '../callers.ts';
import type { Contender } from '../measure.ts';
import { addressOf, type HistoryCase } from './cases.ts';
import type { Holder } from './fill.ts';
import { useDatabase, type Stage } from './stage.ts';

export interface Reader {
  name: string;
  stage: Stage;
  holder: Holder;
  browser: Browser;
}

export async function readerOf(name: string, stage: Stage, holder: Holder): Promise<Reader> {
  return { name, stage, holder, browser: await stage.browserOf(holder) };
}

/** The number of the last page of a case. @throws Error when the page doesn't say how many there are, or there is none */
export async function lastPageOf({ stage, holder, browser }: Reader, { name, fields }: HistoryCase): Promise<number> {
  const { path, query } = addressOf(fields(holder), 1);
  await useDatabase(stage.databaseUrl);
  const { total, found } = await listApplications(holder.accountId, query);
  const { status, body } = await browser.get(path);
  if (status !== 200 || found.length === 0 || !body.includes(historyTexts.total(total))) {
    throw new Error(`${name}: ${status}, ${total} in the table, and the page does not say so`);
  }
  return Math.ceil(total / query.pageSize);
}

/** Pages by one caller, one after the other. */
export function overHttp({ name, stage, browser }: Reader, path: string, requests: number): Contender {
  return {
    name,
    run: () =>
      callAll(turns(requests), 1, stage.pids, async () => {
        const { status } = await browser.get(path);
        if (status !== 200) throw new Error(`${path} answers ${status}`);
      }),
  };
}

/** What the page asks the database for, without the page. */
export function byStore({ name, stage, holder }: Reader, query: ApplicationQuery, requests: number): Contender {
  return onDatabase(name, stage, requests, () => listApplications(holder.accountId, query));
}

/** Any verb of a store, on one warm connection to a stage's database. */
export function onDatabase(name: string, stage: Stage, requests: number, verb: () => Promise<unknown>): Contender {
  return {
    name,
    run: async () => {
      await useDatabase(stage.databaseUrl);
      await verb();
      return callAll(turns(requests), 1, {}, async () => {
        await verb();
      });
    },
  };
}

const turns = (count: number): number[] => Array.from({ length: count }, (_, turn) => turn);
