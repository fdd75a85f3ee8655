/** `npm start` itself: everything comes up, what dies comes back, what was killed is found again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { processIdentity } from '../../scripts/tools/process-identity.ts';
import { startSite, type PartName, type Site } from '../support/site.ts';

const PARTS: PartName[] = ['postgres', 'mail', 'temporal', 'worker', 'web'];

let site: Site;

beforeAll(async () => {
  site = await startSite();
}, 240_000);

afterAll(async () => {
  await site.stop();
}, 90_000);

test('the console shows each step, the addresses and how to sign in', () => {
  const output = site.output();

  for (const step of [
    'production build',
    'PostgreSQL',
    'Temporal',
    'mail catcher',
    'migrations',
    'demo data',
    'worker and web',
  ]) {
    expect(output).toMatch(new RegExp(`✔ ${step}.* \\(\\d+\\.\\d s\\)`));
  }
  expect(output).toContain(`The site is ready: ${site.urls['web'] ?? ''}`);
  expect(output).toContain('demo0001  tanto2@example.jp');
});

test('every part listens on the loopback only', async () => {
  for (const port of Object.values(site.ports)) {
    await expect(listensOn('127.0.0.1', port), String(port)).resolves.toBe(true);
    await expect(listensOn('127.0.0.2', port), String(port)).resolves.toBe(false);
  }
});

test.each(PARTS)(
  '%s comes back after kill -9, and the site with it',
  async (part) => {
    const before = site.pid(part);

    process.kill(before, 'SIGKILL');

    await vi.waitFor(() => expect(site.pid(part)).not.toBe(before), { timeout: 15_000, interval: 100 });
    await untilReady();
    expect(site.output()).toContain(`${part} died (SIGKILL); starting it again in`);
  },
  60_000,
);

test('after a start that was killed the next one ends what is left and goes on with the same data', async () => {
  const left = PARTS.map((part) => ({ pid: site.pid(part), identity: processIdentity(site.pid(part)) }));
  process.kill(site.startPid, 'SIGKILL');
  await vi.waitFor(() => expect(processIdentity(site.startPid)).toBeUndefined(), { timeout: 5000 });

  site = await startSite({ dataDir: site.dataDir });

  expect(site.output()).toContain('An earlier start was killed and left');
  expect(left.filter(({ pid, identity }) => processIdentity(pid) === identity)).toEqual([]);
  await untilReady();
}, 120_000);

test('Ctrl-C stops every part, and a press that arrives twice hurries nothing', async () => {
  const pids = PARTS.map((part) => site.pid(part));

  process.kill(site.startPid, 'SIGINT');
  await sleep(100);
  process.kill(site.startPid, 'SIGINT');
  await site.halt();

  expect(site.output()).toMatch(/Stopped\.\s*$/);
  expect(pids.map((pid) => processIdentity(pid))).toEqual(pids.map(() => undefined));
}, 90_000);

async function untilReady(): Promise<void> {
  const url = `http://127.0.0.1:${site.ports['web'] ?? 0}/readyz`;
  await vi.waitFor(async () => expect((await fetch(url)).status).toBe(200), { timeout: 45_000, interval: 250 });
}

async function listensOn(host: string, port: number): Promise<boolean> {
  const { connect } = await import('node:net');
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
