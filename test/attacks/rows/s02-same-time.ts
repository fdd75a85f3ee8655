/** S02: nor from the time that the answer takes. */
import { randomBytes } from 'node:crypto';
import { buildMember } from '../../support/build.ts';
import { times, type Row, type World } from '../attack.ts';
import { Browser, freshAddress } from '../tools/browser.ts';
import { shuffled } from '../tools/random.ts';
import { areaUnderCurve, median } from '../tools/statistics.ts';

/** As in S01: from the fifth failure on a pair is throttled. */
const TRIES_A_PAIR = 4;

type Pair = { loginId: string; address: string };

const CLASSES = ['known', 'unknown login ID', 'unknown address', 'deleted', 'invited'] as const;
type Class = (typeof CLASSES)[number];

async function pairOf(kind: Class): Promise<Pair> {
  const wish = kind === 'deleted' ? { deletedAt: new Date() } : kind === 'invited' ? { password: null } : {};
  const { loginId, address } = await buildMember(wish);
  const stranger = randomBytes(4).toString('hex');
  if (kind === 'unknown login ID') return { loginId: `login-${stranger}`, address };
  if (kind === 'unknown address') return { loginId, address: `member-${stranger}@example.jp` };
  return { loginId, address };
}

/** The times of `count` wrong sign-ins of each class, in an order that mixes them, one at a time. */
async function measure({ target }: World, count: number): Promise<Record<Class, number[]>> {
  const order: { kind: Class; pair: Pair }[] = [];
  for (const kind of CLASSES) {
    let pair = await pairOf(kind);
    for (let each = 0; each < count; each += 1) {
      if (each > 0 && each % TRIES_A_PAIR === 0) pair = await pairOf(kind);
      order.push({ kind, pair });
    }
  }
  const browser = new Browser(target);
  const form = await browser.formWith('/login', 'password');
  const attempt = (pair: Pair) =>
    browser.submit(form, { ...pair, password: 'Wrong-2026' }, { headers: { 'X-Forwarded-For': freshAddress() } });
  for (let warming = 0; warming < 5; warming += 1) await attempt(await pairOf('known'));
  const taken: Record<Class, number[]> = {
    known: [],
    'unknown login ID': [],
    'unknown address': [],
    deleted: [],
    invited: [],
  };
  for (const { kind, pair } of shuffled('S02', order)) taken[kind].push((await attempt(pair)).milliseconds);
  return taken;
}

const both = (first: Record<Class, number[]>, second: Record<Class, number[]>): Record<Class, number[]> => ({
  known: [...first.known, ...second.known],
  'unknown login ID': [...first['unknown login ID'], ...second['unknown login ID']],
  'unknown address': [...first['unknown address'], ...second['unknown address']],
  deleted: [...first.deleted, ...second.deleted],
  invited: [...first.invited, ...second.invited],
});

/** How well the time of each class tells it from the known one: 0.5 is not at all. */
const figuresOf = (taken: Record<Class, number[]>) =>
  CLASSES.filter((kind) => kind !== 'known').map((kind) => {
    const curve = areaUnderCurve(taken.known, taken[kind]);
    return {
      kind,
      off: Math.abs(curve - 0.5),
      curve,
      apart: Math.abs(median(taken[kind]) - median(taken.known)),
    };
  });

export const s02: Row = {
  id: 'S02',
  requires: 'the time of a sign-in tells nothing about the class',
  asked: '|AUC−0.5| ≤ 0.06 at 500/500, medians within 5 ms or 5 %; in CI ≤ 0.2 at 60/60',
  attack: async (world, scale) => {
    const count = times(scale, { planted: 12, ci: 60, full: 500 });
    const most = scale === 'full' ? 0.06 : 0.2;
    let taken = await measure(world, count);
    // With so few a busy neighbour can look like a leak; a leak stays when as many again are added.
    if (scale === 'ci' && figuresOf(taken).some(({ off }) => off > most))
      taken = both(taken, await measure(world, count));
    const known = median(taken.known);
    const figures = figuresOf(taken);
    const telling = figures.filter(
      ({ off, apart }) => off > most || (scale === 'full' && apart > Math.max(5, known * 0.05)),
    );
    return {
      found: telling.map(
        ({ kind, curve, apart }) => `${kind}: AUC ${curve.toFixed(3)}, medians ${apart.toFixed(1)} ms apart`,
      ),
      said: `AUC ${figures.map(({ kind, curve }) => `${curve.toFixed(2)} (${kind})`).join(', ')}; medians at most ${Math.max(
        ...figures.map(({ apart }) => apart),
      ).toFixed(1)} ms apart of ${known.toFixed(0)} ms`,
    };
  },
  plants: [
    {
      what: 'no dummy hash is verified for who has none',
      process: 'first',
      mutations: [
        {
          file: 'server/index.js',
          find: /const against = stored \?\? \(?await dummy\)?;/,
          replace: 'if (typeof stored !== "string") return false; const against = stored;',
        },
      ],
      shows: /unknown login ID: AUC/,
    },
  ],
};
