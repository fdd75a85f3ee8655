/** S12: looking for issued codes in all that is stored, and for a pattern in what is drawn. */
import { randomUUID } from 'node:crypto';
import { deriveCode } from '../../../db/stores/secrets.ts';
import { buildMember, buildStaff } from '../../support/build.ts';
import type { Row } from '../attack.ts';
import { readLogs } from '../tools/logs.ts';
import { changeMfa, holding, newestCode, typeCode, withPassword, type IssuedChallenge } from '../tools/sign-in.ts';
import { chiSquare } from '../tools/statistics.ts';

const DRAWN = 100_000;
const BUCKETS = 1000;
/** 5.6 standard deviations above the mean of 999 degrees of freedom. */
const MOST = 1250;

/** Pearson's statistic of codes in equal buckets. */
function unevenness(codes: Iterable<string>): number {
  const counts = Array<number>(BUCKETS).fill(0);
  for (const code of codes) {
    const bucket = Math.floor((Number(code) * BUCKETS) / 1_000_000);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return chiSquare(counts);
}

function* drawnCodes(): Generator<string> {
  for (let each = 0; each < DRAWN; each += 1) yield deriveCode('sign-in', 'member', randomUUID(), 'k1');
}

const COMPARED = 1000;
/** Two are alike by chance once in a million. */
const MOST_ALIKE = 3;

/** How many codes are the same for another purpose or kind of person. */
function codesAlike(): number {
  let alike = 0;
  for (let each = 0; each < COMPARED; each += 1) {
    const id = randomUUID();
    const code = deriveCode('sign-in', 'member', id, 'k1');
    const others = [deriveCode('mfa-on', 'member', id, 'k1'), deriveCode('sign-in', 'staff', id, 'k1')];
    if (others.includes(code)) alike += 1;
  }
  return alike;
}

/** A code as a value of its own: not six digits in the middle of an instant, an id or a longer number. */
const standing = (code: string): RegExp =>
  new RegExp(`(?<![0-9A-Za-z.:+-])${code}(?![0-9a-fA-F:-]|\\.\\d)|\\\\x[0-9a-f]*${Buffer.from(code).toString('hex')}`);

export const s12: Row = {
  id: 'S12',
  requires:
    'codes are derived: bound to purpose and kind of person, evenly spread, nowhere in clear in database, histories or logs',
  asked: '0 hits of any issued code; χ² of 10⁵ codes even',
  attack: async (world) => {
    const issued: IssuedChallenge[] = [];
    for (const person of [await buildMember({ mfa: true }), await buildMember({ mfa: true }), await buildStaff()]) {
      const browser = await withPassword(world.target, person);
      const challenge = await newestCode(world, person);
      issued.push(challenge);
      if (person.kind === 'staff') await typeCode(browser, person.kind, challenge.code);
    }
    const turningOn = await buildMember();
    await changeMfa(await holding(world.target, turningOn), 'on');
    issued.push(await newestCode(world, turningOn));
    await world.database.quiet();
    const [dumped, flows, logged] = await Promise.all([
      world.database.dump(),
      world.histories.read(`WorkflowId IN (${issued.map(({ id }) => `'otp/${id}'`).join(', ')})`),
      readLogs(world.dataDir),
    ]);
    const found: string[] = [];
    if (flows.length !== issued.length) found.push(`${flows.length} of ${issued.length} flows were found to read`);
    for (const { code } of issued) {
      const pattern = standing(code);
      for (const { table, text } of dumped) if (pattern.test(text)) found.push(`an issued code stands in ${table}`);
      for (const { workflowId, payloads } of flows)
        if (pattern.test(payloads)) found.push(`an issued code stands in ${workflowId}`);
      if (pattern.test(logged)) found.push('an issued code stands in a log');
    }
    const alike = codesAlike();
    if (alike > MOST_ALIKE)
      found.push(`${alike} of ${COMPARED} codes are the same for another purpose or kind of person`);
    const even = unevenness(drawnCodes());
    if (even > MOST) found.push(`codes are uneven, χ² ${even.toFixed(0)}`);
    return {
      found,
      said: `0 hits of ${issued.length} codes in ${dumped.length} rows, ${flows.length} histories, the logs; χ² ${even.toFixed(0)} of 999 degrees`,
    };
  },
  plants: [
    {
      what: 'the code is kept beside its letter',
      process: 'first',
      mutations: [
        {
          file: 'server/index.js',
          find: /person: person\.kind,\s+keyId: challenge\.keyId/,
          replace:
            'person: person.kind, keyId: challenge.keyId, code: deriveCode(challenge.purpose, person.kind, challenge.id, challenge.keyId)',
        },
      ],
      shows: /stands in letters/,
    },
  ],
};
