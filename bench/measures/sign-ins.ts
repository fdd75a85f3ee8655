/** Sign-ins: the password is right, the session is made, the notice letter is written; beside argon2id alone. */
import { availableParallelism } from 'node:os';
import argon2 from 'argon2';
import { Database } from '../../test/attacks/tools/database.ts';
import { startBare, type BareProcess } from '../bare/child.ts';
import { callAll } from '../callers.ts';
import { ground, pidsOf, type Ground } from '../ground.ts';
import { interleave, ratio, type Measure, type Result, type Sample, type Scale } from '../measure.ts';
import { beforeSignIn, signIn, type SignIn } from '../people.ts';
import { cpuMeter } from '../processes.ts';
import { shown, spreadOf, type Spread } from '../statistics.ts';
import { comparisonHead, comparisonLine } from '../table.ts';

const AIM = 0.8;
const COUNTS: Record<Scale, { callers: number; each: number; rounds: number; warmups: number }> = {
  ci: { callers: 4, each: 3, rounds: 1, warmups: 1 },
  full: { callers: 20, each: 15, rounds: 7, warmups: 2 },
};

/** As db/stores/passwords.ts has them: the bare limit is that of the same hash, as many at a time. */
const PARAMETERS = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const AT_ONCE = Math.min(4, availableParallelism());

export const signIns: Measure = {
  name: 'sign-ins',
  aim: `Sign-ins (password right, session made, notice letter written) at ${AIM} of the rate of bare argon2id or more.`,
  run: async (scale) => {
    const site = await ground();
    const database = new Database(site.urls['migrationDatabase'] ?? '');
    const hash = await argon2.hash('Kashi-2026', PARAMETERS);
    const bare = await startBare('hashing.ts', [hash, 'Kashi-2026', String(AT_ONCE)], { UV_THREADPOOL_SIZE: '8' });
    try {
      return await compare(site, database, bare, scale);
    } finally {
      await bare.stop();
      await database.close();
    }
  },
};

async function compare(site: Ground, database: Database, bare: BareProcess, scale: Scale) {
  const { callers, each, rounds, warmups } = COUNTS[scale];
  const people = await beforeSignIn(site, callers);
  const turns = Array.from({ length: each }, () => people).flat();
  const lettersOutSeconds: number[] = [];
  const ofSite = async (): Promise<Sample> => {
    const { sample, lettersOut } = await signInAll(site, database, turns, callers);
    lettersOutSeconds.push(lettersOut);
    return sample;
  };
  const results = await interleave({
    rounds,
    warmups,
    contenders: [
      { name: `argon2id alone, ${AT_ONCE} at a time`, run: () => hashAll(bare, turns.length) },
      { name: `the site, ${callers} callers`, run: ofSite },
    ],
  });
  const [limit, signedIn] = results as [Result, Result];
  const share = ratio(signedIn, limit);
  const lettersOut = spreadOf(lettersOutSeconds.slice(warmups));
  return {
    rows: [
      [...comparisonHead, 'of the limit'],
      [...comparisonLine(limit), '1'],
      [...comparisonLine(signedIn), shown(share, 2)],
    ],
    met: share.median >= AIM,
    numbers: { share: share.median, lettersOut: lettersOut.median },
    remarks: [...remarksOf(signedIn, lettersOut), ...(share.median >= AIM ? [] : whereTimeGoes(limit, signedIn))],
  };
}

/** One round. @throws Error unless every sign-in left a session and a letter, and every letter went out */
async function signInAll(site: Ground, database: Database, turns: SignIn[], callers: number) {
  await database.quiet();
  const before = await countRows(database);
  const begun = performance.now();
  const sample = await callAll(turns, callers, pidsOf(site), signIn);
  await database.quiet(120_000);
  const lettersOut = (performance.now() - begun) / 1000;
  const after = await countRows(database);
  const made = { sessions: after.sessions - before.sessions, letters: after.letters - before.letters };
  if (made.sessions !== turns.length || made.letters !== turns.length)
    throw new Error(`${turns.length} sign-ins left ${made.sessions} sessions and ${made.letters} letters sent`);
  return { sample, lettersOut };
}

const countRows = (database: Database) =>
  database.row<{ sessions: number; letters: number }>(
    `select (select count(*) from sessions where stage = 'full')::int as sessions,
       (select count(*) from letters where kind = 'sign-in-notice' and state = 'sent')::int as letters`,
  );

async function hashAll(bare: BareProcess, count: number): Promise<Sample> {
  const used = cpuMeter({ node: bare.pid });
  const begun = performance.now();
  await bare.ask({ count });
  const seconds = (performance.now() - begun) / 1000;
  const cpu = used();
  return { operations: count, seconds, cpuSeconds: cpu?.total, cpuSecondsOf: cpu?.of ?? {} };
}

function remarksOf(signedIn: Result, lettersOut: Spread): string[] {
  const { operations = 0 } = signedIn.samples[0] ?? {};
  return [
    'The limit is argon2.verify (m=19456, t=2, p=1) in a loop in a bare Node process; the site adds an HMAC-SHA256 for the pepper to each.',
    'A sign-in is the POST over HTTP with a form token got beforehand; of each round all sessions and all sent letters were counted.',
    `The letters' flows begin at once and take CPU beside the sign-ins; from the first press to the last of ${operations} letters out: ` +
      `${shown(lettersOut, 1)} s.`,
  ];
}

/** By the parts' CPU of this run, and by CPU profiles (`node --cpu-prof`) of web and worker that were taken when the aim was missed first. */
function whereTimeGoes(limit: Result, signedIn: Result): string[] {
  const { web = NaN, worker = NaN, postgres = NaN, temporal = NaN, mail = NaN } = signedIn.cpuMsOf;
  const hash = limit.cpuMsPerOperation?.median ?? NaN;
  const asked = web + postgres;
  return [
    `Where the time goes: ${hash.toFixed(0)} ms of CPU are the hash, ${(web - hash).toFixed(0)} the rest of the web process, ${postgres.toFixed(0)} PostgreSQL; ` +
      `${(worker + temporal + mail).toFixed(0)} are the flow of the letter, which runs beside it on the same cores. With the letters elsewhere the rate could ` +
      `reach ${(hash / asked).toFixed(2)} of the limit, with the letters keeping pace ${(hash / (asked + worker + temporal + mail)).toFixed(2)}.`,
    'Profile of the main thread of the web process, taken on 2026-11-22: a quarter is SQL, thirteen statements a sign-in, half of that in writes to the socket; the rest ' +
      'is spread over Express, Remix and the building of Request and Response, none of it above a tenth.',
    'Mended: a letter reads its row as a local activity, which took a scheduled activity and a workflow task out of every letter.',
  ];
}
