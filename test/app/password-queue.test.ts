/** More passwords at once than the queue of hashes holds: the last ones are asked to try again before anything is done for them (S59). */
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { useStores } from '../support/stores.ts';
import { gatedSite } from './tools/gated-site.ts';

const WAITING = 1;
/** As many are hashed at once as there are cores, at most 4. */
const ROOM = Math.min(4, availableParallelism()) + WAITING;

useStores();
beforeAll(() => {
  process.env['LIMITS'] = JSON.stringify({ hashesWaiting: WAITING });
});

let end: (answer: Response) => void;
let ended: Promise<Response>;
beforeEach(() => {
  ended = new Promise((resolve) => (end = resolve));
});

const { ask, visit, passed } = gatedSite(() => ended.then((answer) => answer.clone()));

/** Posts by one browser, all of them under way at once; resolves once as many passed as can. */
async function postAtOnce(count: number, field: string) {
  end(new Response('the page'));
  const { cookie, token } = await visit('/login');
  ended = new Promise((resolve) => (end = resolve));
  passed.length = 0;
  const body = new URLSearchParams({ formToken: token, [field]: 'Chigau-2026' }).toString();
  const post = () => ask({ method: 'POST', path: '/login', headers: { cookie }, body });
  const posts = Array.from({ length: count }, post);
  await Promise.race([Promise.all(posts), pause(1000)]);
  return { posts, post };
}

it('past the queue a password is answered 503 with Retry-After, and nothing runs for it', async () => {
  const { posts } = await postAtOnce(ROOM + 3, 'password');
  const letIn = passed.length;

  end(new Response('judged'));
  const answers = await Promise.all(posts);

  const turnedAway = answers.filter(({ status }) => status === 503);
  expect(letIn).toBe(ROOM);
  expect(turnedAway).toHaveLength(3);
  expect(turnedAway.map(({ headers }) => headers['retry-after'])).toEqual(['10', '10', '10']);
  expect(answers.filter(({ body }) => body === 'judged')).toHaveLength(ROOM);
});

it('the queue holds for every field in which a password is typed', async () => {
  const { posts } = await postAtOnce(ROOM + 1, 'currentPassword');
  const letIn = passed.length;

  end(new Response('judged'));

  expect(letIn).toBe(ROOM);
  expect((await Promise.all(posts)).filter(({ status }) => status === 503)).toHaveLength(1);
});

it('whatever else is posted meanwhile goes on', async () => {
  const { posts } = await postAtOnce(ROOM + 3, 'remarks');

  expect(passed).toHaveLength(ROOM + 3);

  end(new Response('done'));
  await Promise.all(posts);
});

it('who has been answered makes room, also by a refusal', async () => {
  const { posts, post } = await postAtOnce(ROOM, 'password');
  expect((await post()).status).toBe(503);

  end(new Response(null, { status: 422 }));
  await Promise.all(posts);

  expect((await post()).status).toBe(422);
});
