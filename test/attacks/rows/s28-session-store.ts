/** S28: looking for session ids in the database. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildMember, buildStaff } from '../../support/build.ts';
import type { Row, World } from '../attack.ts';
import { cookieName, secretIn, signedIn, withPassword } from '../tools/sign-in.ts';

const UNREVOCABLE = ['createCookieSessionStorage(', 'createFileSessionStorage(', 'createMemorySessionStorage('];

/** How a secret could stand in a dump: as it is, or as the bytes of it. */
const formsOf = (secret: string): string[] => [
  secret,
  Buffer.from(secret).toString('hex'),
  Buffer.from(secret, 'base64url').toString('hex'),
];

async function secrets(world: World): Promise<string[]> {
  const people = [await buildMember(), await buildMember({ mfa: true }), await buildStaff()];
  const found: string[] = [];
  for (const person of people) {
    const name = cookieName(world.target, person.kind);
    const half = await withPassword(world.target, person);
    const full = await signedIn(world, person);
    found.push(secretIn(half.cookies.get(name)), secretIn(full.cookies.get(name)));
  }
  return found;
}

export const s28: Row = {
  id: 'S28',
  requires: 'sessions in the database: 256-bit ids, only their SHA-256 stored',
  asked: 'static and dump: pass',
  attack: async (world) => {
    const found: string[] = [];
    const code = await readFile(join(world.target.build, 'server', 'index.js'), 'utf8');
    for (const storage of UNREVOCABLE) if (code.includes(storage)) found.push(`the build uses ${storage})`);
    const held = await secrets(world);
    if (new Set(held).size !== held.length) found.push('two sessions have one id');
    for (const secret of held) {
      if (Buffer.from(secret, 'base64url').length !== 32) found.push('a session id is not 256 bit');
    }
    const dumped = (await world.database.dump()).map(({ table, text }) => ({ table, text }));
    for (const secret of held) {
      for (const { table, text } of dumped) {
        if (formsOf(secret).some((form) => text.includes(form))) found.push(`a session id stands in ${table}`);
      }
      const digest = createHash('sha256').update(secret).digest('hex');
      if (!dumped.some(({ table, text }) => table === 'sessions' && text.includes(digest))) {
        found.push('a session is not stored under its SHA-256');
      }
    }
    return { found, said: `${held.length} ids of 256 bit, 0 in ${dumped.length} rows, each by its SHA-256` };
  },
  plants: [
    {
      what: 'the id itself is stored',
      process: 'stored ids',
      mutations: [
        {
          file: 'server/index.js',
          find: /const digestOf = \(secret\) => createHash\("sha256"\)\.update\(secret\)\.digest\(\);/,
          replace: 'const digestOf = (secret) => Buffer.from(secret);',
        },
      ],
      shows: /a session id stands in sessions/,
    },
  ],
};
