/** What `npm start` says, in a line, when it can't do what was asked. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { processIdentity } from '../../scripts/tools/process-identity.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'start-test-'));
});

afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

test('every taken port is named with the variable that changes it', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;

  const { code, words } = await start({ PORT: String(port), PG_PORT: String(port) });
  taken.close();

  expect(code).toBe(1);
  expect(words.split('\n')).toEqual([
    `Port ${port} (the site) is already in use: end what uses it, or set PORT to another port (0 = any free one).`,
    `Port ${port} (PostgreSQL) is already in use: end what uses it, or set PG_PORT to another port (0 = any free one).`,
    '',
  ]);
});

test('a second start on the same state is refused', async () => {
  const alive = { pid: process.pid, identity: processIdentity(process.pid) };
  writeFileSync(
    join(dataDir, 'run.json'),
    JSON.stringify({ start: alive, ready: true, parts: {}, ports: {}, urls: {} }),
  );

  const { code, words } = await start({});

  expect(code).toBe(1);
  expect(words).toBe(
    `Another start (pid ${process.pid}) runs on ${dataDir}: stop it first, or set DATA_DIR to another folder.\n`,
  );
});

test('a setting that makes no sense is named', async () => {
  const { code, words } = await start({ PORT: 'three thousand' });

  expect(code).toBe(1);
  expect(words).toMatch(/^PORT: .+\n$/);
});

test('production wants its addresses and keys given', async () => {
  const { code, words } = await start({ DEPLOYMENT_MODE: 'production' });

  expect(code).toBe(1);
  expect(words).toBe(
    'DEPLOYMENT_MODE=production needs PUBLIC_ORIGIN, DATABASE_URL, TEMPORAL_ADDRESS, SMTP_URL, SESSION_KEYS, SECRET_KEYS, PEPPER_KEYS\n',
  );
});

async function start(env: Record<string, string>): Promise<{ code: number; words: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: '0',
      PG_PORT: '0',
      TEMPORAL_PORT: '0',
      TEMPORAL_UI_PORT: '0',
      ...env,
    },
  });
  let words = '';
  child.stderr.on('data', (text: Buffer) => (words += text.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, words };
}
