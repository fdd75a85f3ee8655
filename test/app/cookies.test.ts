/** Cookies behind https (security.md S26); on plain http the other tests see them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { memberSessions, siteCookie, staffSessions } from '../../app/auth/browser-sessions.server.ts';
import { newBrowserSecret } from '../../db/stores/secrets.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'site-test-'));
  process.env['DATA_DIR'] = folder;
  process.env['PUBLIC_ORIGIN'] = 'https://member.nttrec.example';
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('every cookie is bound to this host and to https, and ends with the browser', async () => {
  const set = [
    await memberSessions().remember(newBrowserSecret()),
    await staffSessions().remember(newBrowserSecret()),
    await siteCookie('visitor').serialize(newBrowserSecret()),
  ];

  for (const [index, name] of ['__Host-sid', '__Host-staff', '__Host-visitor'].entries()) {
    expect(set[index]).toMatch(new RegExp(`^${name}=[^;]+; Path=/; HttpOnly; Secure; SameSite=Lax$`));
  }
});

it('what we never signed is not even looked up', async () => {
  const planted = Buffer.from(JSON.stringify(newBrowserSecret())).toString('base64');

  expect(await memberSessions().read(`__Host-sid=${planted}`)).toEqual({ secret: undefined, living: undefined });
  expect(await memberSessions().read('__Host-sid=%7B; __Host-sid=x')).toEqual({ secret: undefined, living: undefined });
});
