/** The one connection of a process to the Temporal Service, and the one way to use it: inside a deadline. */
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

/** Calls the service; all requests of `call` together end after `milliseconds`. @throws what the SDK throws, also at that end */
export async function callTemporal<T>(
  milliseconds: number,
  call: (client: Client, connection: Connection) => Promise<T>,
): Promise<T> {
  const { client, connection } = open();
  const work = connection.withDeadline(Date.now() + milliseconds, () => call(client, connection));
  running.add(work);
  try {
    return await work;
  } finally {
    running.delete(work);
  }
}

/** For the end of a process: waits for the calls that run, because closing under one of them would end the process by a stray throw. */
export async function closeTemporal(): Promise<void> {
  await Promise.allSettled(running);
  await shared?.connection.close();
  shared = undefined;
}
