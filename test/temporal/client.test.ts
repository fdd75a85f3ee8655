/** Every call to Temporal ends when its time is over, whatever the SDK is still at (temporal.md 5 and 13). */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { callTemporal, closeTemporal } from '../../temporal/client.ts';
import { temporalAnswers } from '../../temporal/health.ts';

/** Takes connections and says nothing: a service that hangs. */
let silent: Server;

beforeAll(async () => {
  silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  process.env['TEMPORAL_ADDRESS'] = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
  return () => silent.close();
});

const unheard: unknown[] = [];
process.on('unhandledRejection', (error) => unheard.push(error));

afterEach(async () => {
  await closeTemporal();
  expect(unheard).toEqual([]);
});

async function millisecondsOf(work: Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work.catch(() => undefined);
  return performance.now() - begun;
}

const ask = (milliseconds: number) =>
  callTemporal(milliseconds, ({ workflow }) => workflow.start('nothing', { workflowId: 'none', taskQueue: 'none' }));

it.each([300, 1000, 2000])('a call with %i ms to a service that hangs ends in time', async (milliseconds) => {
  const taken = await millisecondsOf(ask(milliseconds));

  expect(taken).toBeGreaterThan(milliseconds - 50);
  expect(taken).toBeLessThan(milliseconds + 250);
});

it('nor is it late when every connection is refused', async () => {
  silent.close();

  expect(await millisecondsOf(ask(2000))).toBeLessThan(2250);
  expect(await temporalAnswers()).toBe(false);
  expect(await millisecondsOf(temporalAnswers())).toBeLessThan(1250);
});

it('a call that ended at its time is waited for before the connection closes', async () => {
  await ask(100).catch(() => undefined);

  await expect(closeTemporal()).resolves.toBeUndefined();
});
