/** The proxy breaks lines as it says: a fault that didn't happen proves nothing. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startProxy, type Proxy } from './proxy.ts';

describe('the proxy', () => {
  let server: Server;
  let proxy: Proxy;
  let requests = 0;

  beforeEach(async () => {
    requests = 0;
    server = createServer((_request, response) => {
      requests += 1;
      response.setHeader('connection', 'close').end('here');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    proxy = await startProxy((server.address() as AddressInfo).port);
  });

  afterEach(async () => {
    await proxy.close();
    server.close();
  });

  const ask = async (timeoutMs = 5000): Promise<string> => {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await fetch(`http://127.0.0.1:${proxy.port}/`, { signal, headers: { connection: 'close' } });
    return answer.text();
  };

  test('hands everything on', async () => {
    expect(await ask()).toBe('here');
    expect(proxy.met('pass')).toBe(1);
  });

  test('refuses, and listens again afterwards', async () => {
    await proxy.change({ kind: 'refuse' });
    await expect(ask()).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });

    await proxy.change({ kind: 'pass' });
    expect(await ask()).toBe('here');
  });

  test('resets each connection', async () => {
    await proxy.change({ kind: 'reset' });

    await expect(ask()).rejects.toThrow();
    expect([requests, proxy.met('reset')]).toEqual([0, 1]);
  });

  test('swallows everything', async () => {
    await proxy.change({ kind: 'black-hole' });

    await expect(ask(300)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect([requests, proxy.met('black-hole')]).toEqual([0, 1]);
  });

  test('takes its time', async () => {
    await proxy.change({ kind: 'latency', delayMs: 200 });
    const begun = performance.now();

    expect(await ask()).toBe('here');
    expect(performance.now() - begun).toBeGreaterThanOrEqual(390);
  });

  test('delivers the request and loses the answer', async () => {
    await proxy.change({ kind: 'cut-after-request' });

    await expect(ask()).rejects.toThrow();
    expect([requests, proxy.met('cut-after-request')]).toEqual([1, 1]);
  });
});
