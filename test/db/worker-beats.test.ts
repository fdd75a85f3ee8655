/** A worker is there as long as it said so a moment ago, by the database's clock. */
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { rows } from '../../db/raw.ts';
import { isWorkerThere, recordBeat, removeBeat } from '../../db/stores/worker-beats.ts';
import { startHeartbeat } from '../../worker/heartbeat.ts';
import { useStores } from '../support/stores.ts';

useStores();
beforeEach(() => rows('delete from worker_beats'));

const beatenAgo = (seconds: number) =>
  rows(`update worker_beats set beaten_at = now() - make_interval(secs => $1)`, [seconds]);

const beats = () => rows<{ workerId: string }>(`select worker_id as "workerId" from worker_beats`);

it('a worker is there from its first beat until it goes', async () => {
  const workerId = randomUUID();
  expect(await isWorkerThere()).toBe(false);

  await recordBeat(workerId);
  expect(await isWorkerThere()).toBe(true);

  await removeBeat(workerId);
  expect(await isWorkerThere()).toBe(false);
});

it('a killed worker is missed after fifteen seconds, and is there again with its next beat', async () => {
  const workerId = randomUUID();
  await recordBeat(workerId);

  await beatenAgo(14);
  expect(await isWorkerThere()).toBe(true);
  await beatenAgo(16);
  expect(await isWorkerThere()).toBe(false);

  await recordBeat(workerId);
  expect(await isWorkerThere()).toBe(true);
});

it('one that goes leaves the other; one that died a day ago is forgotten', async () => {
  const [dead, going, staying] = [randomUUID(), randomUUID(), randomUUID()];
  await recordBeat(dead);
  await beatenAgo(24 * 60 * 60 + 1);
  await recordBeat(going);
  await recordBeat(staying);

  await removeBeat(going);

  expect(await beats()).toEqual([{ workerId: staying }]);
});

it('the heartbeat begins at once and takes its row away at the end', async () => {
  const heartbeat = startHeartbeat();
  while ((await beats()).length === 0);

  await heartbeat.stop();
  await heartbeat.stop();

  expect(await beats()).toEqual([]);
});
