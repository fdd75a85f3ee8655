/** Callers who press again as soon as they are answered: the load of every comparison. */
import type { Sample } from './measure.ts';
import { cpuMeter, type Pids } from './processes.ts';

/**
 * Does `work` for each item, by `callers` at a time.
 * @param pids whose CPU is counted meanwhile
 */
export async function callAll<Item>(
  items: readonly Item[],
  callers: number,
  pids: Pids,
  work: (item: Item) => Promise<void>,
): Promise<Sample> {
  const latenciesMs: number[] = [];
  const left = items.values();
  const used = cpuMeter(pids);
  const begun = performance.now();
  const caller = async (): Promise<void> => {
    for (const item of left) {
      const pressed = performance.now();
      await work(item);
      latenciesMs.push(performance.now() - pressed);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - begun) / 1000;
  const cpu = used();
  return { operations: items.length, seconds, cpuSeconds: cpu?.total, cpuSecondsOf: cpu?.of ?? {}, latenciesMs };
}
