/** The end of the web process: what was begun is answered, what comes later finds nobody (faults.md F17). */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import express from 'express';
import { expect, it } from 'vitest';
import { drain, httpServer } from '../../app/server/http-server.server.ts';

it('an open request is answered before the server ends, a kept-alive connection doesn’t hold it up', async () => {
  const app = express();
  app.get('/', (_request, response) => void pause(300).then(() => response.send('done')));
  const server = httpServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await fetch(url);
  const open = fetch(url).then((answer) => answer.text());
  await pause(100);

  const ended = drain(server);

  await expect(fetch(url)).rejects.toThrow();
  expect(await open).toBe('done');
  await ended;
  expect(server.listening).toBe(false);
});
