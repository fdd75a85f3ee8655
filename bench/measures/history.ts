/** 「申込履歴」 in a small and a large table: each sort and filter, first and last page; and what staff and worker ask of the same tables. */
import { listWaitingApplications } from '../../db/stores/application-lists.ts';
import { listOpenRows } from '../../db/stores/open-rows.ts';
import { countOverdueLines, dueLines } from '../../db/stores/outbox.ts';
import { ground } from '../ground.ts';
import { addressOf, historyCases, type HistoryCase } from '../history/cases.ts';
import type { Filling } from '../history/fill.ts';
import { byStore, lastPageOf, onDatabase, overHttp, readerOf, type Reader } from '../history/readers.ts';
import { openStage, type Stage } from '../history/stage.ts';
import { interleave, ratio, type Contender, type Measure, type Report, type Result, type Scale } from '../measure.ts';
import { shown, type Spread } from '../statistics.ts';

/** How much longer the large table may take for an account of the same size. */
const MOST = 1.5;

interface Counts {
  small: Filling;
  large: Filling;
  rounds: number;
  /** In a row, by one caller. */
  requests: number;
}

const COUNTS: Record<Scale, Counts> = {
  ci: {
    small: { applications: 1000, perAccount: 200, greatEvery: undefined },
    large: { applications: 10_000, perAccount: 200, greatEvery: 10 },
    rounds: 1,
    requests: 1,
  },
  full: {
    small: { applications: 10_000, perAccount: 200, greatEvery: undefined },
    large: { applications: 1_000_000, perAccount: 200, greatEvery: 10 },
    rounds: 9,
    requests: 5,
  },
};

/** Beside the histories: their rows are the same in both tables, only the rest differs. */
const OTHERS: Record<string, () => Promise<unknown>> = {
  "the staff's queue": () => listWaitingApplications(1, 20),
  'the lines that are due': () => dueLines(10),
  'the lines that are overdue': () => countOverdueLines(60),
  'open applications': () => listOpenRows('application', 60, 500),
  'open letters': () => listOpenRows('letter', 60, 500),
  'open codes': () => listOpenRows('otp', 60, 500),
};

interface Compared {
  small: number;
  large: number;
  great: number | undefined;
  /** CPU of web and database for one page, in the order small, large, great. */
  cpuMs: number[];
  /** The large table's time by the small one's. */
  longer: Spread;
}

type Compare = (contenders: Contender[]) => Promise<Compared>;

export const history: Measure = {
  name: 'history',
  aim: `申込履歴 in a table a hundred times as large: at most ${MOST}× the time for accounts of equal size.`,
  run: async (scale) => {
    const { small, large, rounds, requests } = COUNTS[scale];
    const site = await ground();
    const stages: Stage[] = [];
    try {
      const begun = performance.now();
      stages.push(await openStage(site, 'small', small), await openStage(site, 'large', large));
      const filledIn = `Filling both took ${Math.round((performance.now() - begun) / 1000)} s.`;
      const compare: Compare = async (contenders) => comparedOf(await interleave({ rounds, warmups: 1, contenders }));
      return await report(stages, compare, requests, filledIn);
    } finally {
      for (const stage of stages) await stage.close();
    }
  },
};

function comparedOf(results: Result[]): Compared {
  const [small, large, great] = results;
  if (small === undefined || large === undefined) throw new Error('nothing to compare');
  const cpuMs = results.map(({ cpuMsPerOperation }) => cpuMsPerOperation?.median ?? NaN);
  return {
    small: small.p50Ms ?? NaN,
    large: large.p50Ms ?? NaN,
    great: great?.p50Ms,
    cpuMs,
    longer: ratio(small, large),
  };
}

interface Line {
  cells: string[];
  http: Compared | undefined;
  store: Compared;
}

async function report(stages: Stage[], compare: Compare, requests: number, filledIn: string): Promise<Report> {
  const [small, large] = stages;
  if (small === undefined || large?.filled.great === undefined) throw new Error('the tables are not filled');
  const readers = [
    await readerOf('small', small, small.filled.equal),
    await readerOf('large', large, large.filled.equal),
    await readerOf('great', large, large.filled.great),
  ];
  const lines: Line[] = [];
  for (const asked of historyCases) lines.push(...(await linesOf(asked, readers, compare, requests)));
  for (const [name, verb] of Object.entries(OTHERS)) {
    const store = await compare(stages.map((stage, index) => onDatabase(String(index), stage, requests, verb)));
    lines.push({ cells: [name, ''], http: undefined, store });
  }
  const longest = Math.max(...lines.map(({ http }) => http?.longer.median ?? 0));
  const longestAlone = Math.max(...lines.map(({ store }) => store.longer.median));
  const { applications: all } = large.filled.great;
  return {
    rows: [head(all), ...lines.map(rowOf)],
    met: longest <= MOST && longestAlone <= MOST,
    remarks: [
      `Two accounts of ${small.filled.equal.applications} applications each, and one of ${all} in the large table. ${filledIn}`,
      `CPU of web and PostgreSQL for a page, mean of all: ${['small', 'large', 'great'].map((name, index) => `${name} ${meanCpu(lines, index)} ms`).join(', ')}.`,
      'ms are medians of one caller; the store alone is what the page asks the database for, planned anew each time as on the page.',
    ],
    numbers: { longest, longestAlone },
  };
}

function meanCpu(lines: Line[], index: number): string {
  const each = lines.flatMap(({ http }) => http?.cpuMs[index] ?? []);
  return (each.reduce((sum, ms) => sum + ms, 0) / each.length).toFixed(1);
}

/** The first page of a case, and its last where there is more than one. */
async function linesOf(asked: HistoryCase, readers: Reader[], compare: Compare, requests: number): Promise<Line[]> {
  const last: number[] = [];
  for (const reader of readers) last.push(await lastPageOf(reader, asked));
  const pages: [string, number[]][] = [['first', last.map(() => 1)]];
  if (last.some((page) => page > 1)) pages.push(['last', last]);
  const lines: Line[] = [];
  for (const [name, numbers] of pages) {
    const asking = readers.map((reader, index) => ({
      reader,
      address: addressOf(asked.fields(reader.holder), numbers[index] ?? 1),
    }));
    const http = asking.map(({ reader, address }) => overHttp(reader, address.path, requests));
    const store = asking.map(({ reader, address }) => byStore(reader, address.query, requests));
    lines.push({ cells: [asked.name, name], http: await compare(http), store: await compare(store) });
  }
  return lines;
}

const head = (all: number): string[] => [
  'what',
  'page',
  ...['page', 'store alone'].flatMap((by) => [
    `${by}: small ms`,
    'large ms',
    'large / small',
    `${all} of an account, ms`,
  ]),
];

const rowOf = ({ cells, http, store }: Line): string[] => [...cells, ...cellsOf(http), ...cellsOf(store)];

function cellsOf(compared: Compared | undefined): string[] {
  if (compared === undefined) return ['–', '–', '–', '–'];
  const { small, large, longer, great } = compared;
  return [small.toFixed(1), large.toFixed(1), shown(longer, 2), great?.toFixed(1) ?? '–'];
}
