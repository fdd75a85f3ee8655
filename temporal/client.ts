/** The one connection of a process to the Temporal Service, and the one way to use it: inside a deadline. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { config } from '../runtime/config.ts';
import { connectionSettings } from './connection-settings.ts';

/** After a long outage the channel would wait two minutes until it looks again: too late for a submission (faults.md I2). */
const RECONNECT = { 'grpc.initial_reconnect_backoff_ms': 500, 'grpc.max_reconnect_backoff_ms': 5000 };

let shared: { client: Client; connection: Connection } | undefined;
const running = new Set<Promise<unknown>>();

function open(): { client: Client; connection: Connection } {
  if (shared !== undefined) return shared;
  // Lazy: a service that is down at our start is tried again by every call.
  const connection = Connection.lazy({ ...connectionSettings(), channelArgs: RECONNECT });
  shared = { connection, client: new Client({ connection, namespace: config().temporal.namespace }) };
  return shared;
}

/** The time of a call is over, whether or not it arrived. */
class TemporalDeadline extends Error {
  override name = 'TemporalDeadline';
}

/**
 * Calls the service; all requests of `call` together end after `milliseconds`. The SDK alone would end late: it sleeps between two tries
 * without a look at the deadline. What it is still at ends by itself, unheard.
 * @throws what the SDK throws, or TemporalDeadline
 */
export async function callTemporal<T>(
  milliseconds: number,
  call: (client: Client, connection: Connection) => Promise<T>,
): Promise<T> {
  const { client, connection } = open();
  const work = connection.withDeadline(Date.now() + milliseconds, () => call(client, connection));
  running.add(work);
  void Promise.allSettled([work]).then(() => running.delete(work));
  const decided = new AbortController();
  try {
    return await Promise.race([work, endAfter(milliseconds, decided.signal)]);
  } finally {
    decided.abort();
  }
}

async function endAfter(milliseconds: number, decided: AbortSignal): Promise<never> {
  await sleep(milliseconds, undefined, { signal: decided }).catch(() => undefined);
  throw new TemporalDeadline(`no answer within ${milliseconds} ms`);
}

/** For the end of a process: waits for the calls that run, because closing under one of them would end the process by a stray throw. */
export async function closeTemporal(): Promise<void> {
  await Promise.allSettled(running);
  await shared?.connection.close();
  shared = undefined;
}
