import { setTimeout as sleep } from 'node:timers/promises';

interface Patience {
  withinMs: number;
  everyMs?: number;
  signal?: AbortSignal;
}

/** Asks until `attempt` no longer throws. @throws the last attempt's error once the time is over or `signal` fires */
export async function waitFor<T>(attempt: () => Promise<T>, { withinMs, everyMs = 150, signal }: Patience): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() >= end) throw error;
    }
    await sleep(everyMs);
  }
}

/** @throws when `url` doesn't answer with 200 within 3 s; the message carries what it said */
export async function expectOk(url: string): Promise<void> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(3000), redirect: 'manual' }).catch((error: unknown) => {
    throw new Error(`nothing answers at ${url}`, { cause: error });
  });
  const body = await answer.text();
  if (answer.status !== 200) throw new Error(`${new URL(url).pathname} answers ${answer.status} ${body.slice(0, 300)}`);
}
