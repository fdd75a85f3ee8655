import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from '../../scripts/tools/lock.ts';
import { processIdentity } from '../../scripts/tools/process-identity.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-test-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('one at a time', async () => {
  const path = join(folder, 'lock');
  let inside = 0;
  const work = async () => {
    inside += 1;
    expect(inside).toBe(1);
    await sleep(20);
    inside -= 1;
  };

  await Promise.all([withLock(path, work), withLock(path, work), withLock(path, work)]);

  expect(existsSync(path)).toBe(false);
});

test('the lock of a process that died is taken over', async () => {
  const path = join(folder, 'lock');
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  writeFileSync(path, JSON.stringify({ pid, identity: 'an earlier life' }));

  await expect(withLock(path, () => Promise.resolve('mine'))).resolves.toBe('mine');
});

test('a pid that belongs to another process by now is not its old owner', async () => {
  const path = join(folder, 'lock');
  writeFileSync(path, JSON.stringify({ pid: process.pid, identity: `${processIdentity(process.pid) ?? ''}0` }));

  await expect(withLock(path, () => Promise.resolve('mine'))).resolves.toBe('mine');
});

test('a process has one identity for life', () => {
  expect(processIdentity(process.pid)).toBe(processIdentity(process.pid));
  expect(processIdentity(process.pid)).not.toBe(processIdentity(process.ppid));
});
