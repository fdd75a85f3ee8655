/** A letter is a row: once, with one Message-ID, its end judged by the database (faults.md, "the promise"). */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { inTransaction } from '../../db/connect.ts';
import { rows } from '../../db/raw.ts';
import {
  beginLetterTry,
  newestLetterState,
  readLetter,
  readLetterStanding,
  recordLetter,
  reopenLetter,
  writeLetter,
} from '../../db/stores/letters.ts';
import { linesOf } from '../../db/stores/outbox.ts';
import { useStores } from '../support/stores.ts';

useStores();

const facts = { company: '株式会社テスト電設', name: 'テスト担当者1', changedAt: '2026-01-01T00:00:00.000Z' };

async function write(
  over: { subjectId?: string; occurrence?: string; recipient?: string; sendBefore?: Date } = {},
): Promise<string> {
  const letter = {
    kind: 'password-changed' as const,
    subjectId: randomUUID(),
    occurrence: 'first',
    recipient: 'a@example.jp',
    facts,
    ...over,
  };
  await inTransaction((tx) => writeLetter(tx, letter));
  const found = await rows<{ id: string }>(`select id from letters where subject_id = $1 order by created_at desc`, [
    letter.subjectId,
  ]);
  return found[0]?.id ?? '';
}

it('the same letter written ten times at once is one letter with one start line', async () => {
  const subjectId = randomUUID();

  const ids = await Promise.all(Array.from({ length: 10 }, () => write({ subjectId })));

  expect(new Set(ids).size).toBe(1);
  expect(await linesOf(ids[0] ?? '')).toHaveLength(1);
});

it('another occurrence or recipient is another letter with a Message-ID of its own', async () => {
  const subjectId = randomUUID();

  const ids = [
    await write({ subjectId }),
    await write({ subjectId, occurrence: 'resend-1' }),
    await write({ subjectId, recipient: 'b@example.jp' }),
  ];

  const messageIds = await Promise.all(ids.map(async (id) => (await readLetter(id)).messageId));
  expect(new Set(messageIds).size).toBe(3);
  expect(messageIds.filter((messageId) => !/^<[0-9a-f-]{36}@[^@>]+>$/.test(messageId))).toEqual([]);
});

it('a letter whose transaction is rolled back was never written', async () => {
  const subjectId = randomUUID();
  const failing = inTransaction(async (tx) => {
    await writeLetter(tx, {
      kind: 'password-changed',
      subjectId,
      occurrence: 'first',
      recipient: 'a@example.jp',
      facts,
    });
    throw new Error('rolled back on purpose');
  });

  await expect(failing).rejects.toThrow('on purpose');
  expect(await rows(`select from letters where subject_id = $1`, [subjectId])).toEqual([]);
});

it('a sent letter is not tried again and stays sent', async () => {
  const id = await write();
  const first = await beginLetterTry(id);
  await recordLetter(id, ['pending'], 'sent');

  expect(first).toBe(true);
  expect(await beginLetterTry(id)).toBe(false);
  expect(await recordLetter(id, ['pending'], 'parked', { refusal: '550' })).toBe('sent');
});

it('a letter with a code lapses with its end by the clock of the database, another one has a day', async () => {
  const withCode = await write({ sendBefore: new Date(Date.now() + 60_000) });
  const without = await write();
  const before = [await readLetterStanding(withCode), await readLetterStanding(without)];
  await rows(`update letters set send_before = now(), give_up_at = now() where id = $1`, [withCode]);

  expect(before.map(({ endsWithSecret }) => endsWithSecret)).toEqual([true, false]);
  expect(before[0]?.millisecondsLeft).toBeLessThanOrEqual(60_000);
  expect(before[1]?.millisecondsLeft).toBeGreaterThan(86_390_000);
  expect(await readLetterStanding(withCode)).toMatchObject({ millisecondsLeft: 0, state: 'pending' });
  expect(await beginLetterTry(withCode)).toBe(false);
});

it('an operator reopens a parked letter with a new day and an audit line in his name, once', async () => {
  const id = await write();
  await rows(`update letters set give_up_at = now() where id = $1`, [id]);
  await recordLetter(id, ['pending'], 'parked', { refusal: 'time-ran-out' });

  const states = [await reopenLetter(id, 'operator-1'), await reopenLetter(id, 'operator-1')];

  const audited = await rows<{ detail: object }>(`select detail from audit where subject_id = $1`, [id]);
  expect(states).toEqual(['pending', 'pending']);
  expect((await readLetterStanding(id)).millisecondsLeft).toBeGreaterThan(86_390_000);
  expect(audited.map(({ detail }) => detail)).toEqual([{ to: 'pending', operator: 'operator-1' }]);
});

it('the newest letter of a kind about a subject is the one that pages speak of', async () => {
  const subjectId = randomUUID();
  await write({ subjectId });
  const resent = await write({ subjectId, occurrence: 'resend-1' });
  await recordLetter(resent, ['pending'], 'parked', { refusal: '550' });

  expect(await newestLetterState('password-changed', subjectId)).toMatchObject({ state: 'parked' });
  expect(await newestLetterState('sign-in-notice', subjectId)).toBeUndefined();
});
