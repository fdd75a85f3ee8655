/** S66: making activities fail with messages full of personal data. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildMember } from '../../support/build.ts';
import { times, type Row, type World } from '../attack.ts';
import { readSiteLogs } from '../tools/logs.ts';
import { withPassword } from '../tools/sign-in.ts';

const POISON = 'attacks_poison';

/** The database refuses to touch letters to an address, and quotes it: what an activity throws then is full of personal data. */
async function poison({ database }: World, address: string): Promise<void> {
  await database.rows(
    `create function ${POISON}() returns trigger language plpgsql as
       $$ begin raise exception 'no letter to % with %', new.recipient, new.facts; end $$`,
  );
  await database.rows(
    `create trigger ${POISON} before update on letters for each row when (new.recipient = '${address}') execute function ${POISON}()`,
  );
}

async function heal({ database }: World): Promise<void> {
  await database.rows(`drop trigger if exists ${POISON} on letters`);
  await database.rows(`drop function if exists ${POISON}()`);
}

/** The flows of the letters to an address, once at least one of them has failed at an activity. */
async function failedFlows(world: World, address: string): Promise<{ workflowId: string; text: string }[]> {
  const letters = await world.database.rows<{ id: string }>('select id from letters where recipient = $1', [address]);
  const end = Date.now() + 20_000;
  for (;;) {
    const flows = await world.histories.read(`WorkflowId IN (${letters.map(({ id }) => `'letter/${id}'`).join(', ')})`);
    // Temporal's own word for an activity that is tried again.
    if (flows.length === letters.length && flows.every(({ text }) => text.includes('"lastFailure":{'))) return flows;
    if (Date.now() > end) return [];
    await sleep(500);
  }
}

export const s66: Row = {
  id: 'S66',
  requires: 'failures, stacks, ids, search attributes and logs tell a code and a row id, nothing personal',
  asked: 'forced failures containing canaries: 0 hits',
  attack: async (world, scale) => {
    const count = times(scale, { planted: 8, ci: 3, full: 20 });
    const canary = randomBytes(6).toString('hex');
    const address = `canary${canary}@example.jp`;
    const found: string[] = [];
    await poison(world, address);
    try {
      for (let each = 0; each < count; each += 1)
        await withPassword(world.target, await buildMember({ address, userName: `名${canary}` }));
      const flows = await failedFlows(world, address);
      if (flows.length === 0) found.push('no activity failed, so nothing was tried');
      for (const { workflowId, text } of flows)
        if (text.includes(canary)) found.push(`${workflowId} quotes the failed row`);
    } finally {
      await heal(world);
    }
    for (const [file, text] of Object.entries(await readSiteLogs(world.dataDir))) {
      if (text.includes(canary)) found.push(`the log ${file} quotes the failed row`);
    }
    await world.database.quiet(60_000);
    return {
      found,
      said: `${count} letters whose activity failed quoting its row: 0 hits in histories, pending failures and logs`,
    };
  },
  plants: [
    {
      what: 'activities throw what the database said',
      process: 'worker',
      mutations: [{ file: 'worker.js', find: /throw faultOf\(error, name, args\[0\]\);/, replace: 'throw error;' }],
      shows: /letter\/.* quotes the failed row/,
    },
  ],
  notCovered: 'other activities than those of letters: all throw through the same one function',
};
