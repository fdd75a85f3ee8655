/** S59: so many sign-ins at once that password hashing falls behind. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { times, type Row, type Target, type World } from '../attack.ts';
import { Browser, freshAddress, type Answer } from '../tools/browser.ts';
import { watchMemory } from '../tools/process.ts';
import { quantile } from '../tools/statistics.ts';

/** Sign-ins of nobody in particular, all at once. */
async function flood(target: Target, count: number): Promise<Answer[]> {
  const browser = new Browser(target);
  const form = await browser.formWith('/login', 'password');
  return Promise.all(
    Array.from({ length: count }, () => {
      const stranger = randomBytes(4).toString('hex');
      const typed = { loginId: `login-${stranger}`, address: `member-${stranger}@example.jp`, password: 'Wrong-2026' };
      return browser.submit(form, typed, { headers: { 'X-Forwarded-For': freshAddress() }, forgetful: true });
    }),
  );
}

/** How long other pages take meanwhile. */
async function otherPages(target: Target, stopped: AbortSignal): Promise<number[]> {
  const browser = new Browser(target);
  const taken: number[] = [];
  while (!stopped.aborted) {
    for (const path of ['/', '/login', '/healthz']) {
      const { milliseconds, status } = await browser.get(path);
      taken.push(status === 200 ? milliseconds : Number.POSITIVE_INFINITY);
    }
    await sleep(20);
  }
  return taken;
}

/** Until a sign-in is as quick as ever. */
async function recovery(target: Target): Promise<number> {
  const begun = performance.now();
  for (;;) {
    const [answer] = await flood(target, 1);
    if (answer !== undefined && answer.status === 422 && answer.milliseconds < 1000) return performance.now() - begun;
    if (performance.now() - begun > 60_000) return Number.POSITIVE_INFINITY;
  }
}

/** A password of any size is judged, and only its first bytes cost anything. */
async function longPasswords(target: Target, timed: boolean): Promise<string[]> {
  const found: string[] = [];
  for (const length of [129, 100_000]) {
    const browser = new Browser(target);
    const form = await browser.formWith('/login', 'password');
    const typed = { loginId: 'demo0001', address: 'nobody@example.jp', password: 'あ'.repeat(length) };
    const answer = await browser.submit(form, typed);
    if (![413, 422].includes(answer.status))
      found.push(`a password of ${length} characters is answered ${answer.status}`);
    if (timed && answer.milliseconds > 1000)
      found.push(`a password of ${length} characters takes ${answer.milliseconds.toFixed(0)} ms`);
  }
  return found;
}

export const s59: Row = {
  id: 'S59',
  requires: 'password hashes stand in a bounded queue: the rest is told to come back, other pages stay quick',
  asked:
    '500 parallel sign-ins: 503 with Retry-After past 50 waiting, other pages p95 ≤ 1 s, memory ≤ +200 MB, recovery ≤ 10 s',
  attack: async ({ target }: World, scale) => {
    const count = times(scale, { planted: 150, ci: 200, full: 500 });
    // Times are figures of the full run on a quiet machine; what must hold on any machine is held in each run.
    const timed = scale === 'full';
    const found = await longPasswords(target, timed);
    const done = new AbortController();
    const meanwhile = otherPages(target, done.signal);
    const { result: answers, grownBy } = await watchMemory(target.pid, () => flood(target, count));
    done.abort();
    const slow = quantile(await meanwhile, 0.95);
    const recovered = await recovery(target);
    const turnedAway = answers.filter(({ status }) => status === 503);
    const judged = answers.filter(({ status }) => status === 422).length;
    if (turnedAway.length === 0)
      found.push(`none of ${count} sign-ins at once was told to come back: the queue has no end`);
    if (turnedAway.some(({ headers }) => headers['retry-after'] === undefined)) found.push('a 503 has no Retry-After');
    if (turnedAway.length + judged !== count)
      found.push(`${count - judged - turnedAway.length} of ${count} got another answer`);
    if (timed && slow > 1000) found.push(`other pages took ${slow.toFixed(0)} ms at the 95th percentile`);
    if (grownBy !== undefined && grownBy > 200) found.push(`memory grew by ${grownBy.toFixed(0)} MB`);
    if (recovered > 10_000) found.push(`recovery took ${(recovered / 1000).toFixed(0)} s`);
    return {
      found,
      said: `${count} at once: ${judged} judged, ${turnedAway.length} told to come back; other pages p95 ${slow.toFixed(0)} ms; memory +${
        grownBy?.toFixed(0) ?? '?'
      } MB; recovery ${(recovered / 1000).toFixed(1)} s`,
    };
  },
  plants: [
    {
      what: 'the queue has no end',
      process: 'limits',
      mutations: [
        {
          file: 'server/index.js',
          find: /if \(admitted >= AT_ONCE \+ limits\(\)\.hashesWaiting\)/,
          replace: 'if (false)',
        },
      ],
      shows: /the queue has no end/,
    },
  ],
};
