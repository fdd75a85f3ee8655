/** S85: sending one draft many times at once, and with another content. */
import { times, type Row, type World } from '../attack.ts';
import type { Answer, Browser } from '../tools/browser.ts';
import { preparedOrder, type PreparedOrder } from '../tools/order.ts';

const applicationsOf = ({ database }: World, memberId: string, draftId: string) =>
  database.rows<{ id: string; number: string }>(
    'select id, application_number as number from applications where member_id = $1 and draft_id = $2',
    [memberId, draftId],
  );

/** Where an answer leads in the end. */
async function destination(browser: Browser, answer: Answer): Promise<string | undefined> {
  let at = answer.headers.location;
  for (let hops = 0; at !== undefined && hops < 3; hops += 1) {
    const next = await browser.get(at);
    if (next.headers.location === undefined) return at;
    at = next.headers.location;
  }
  return at;
}

/** Every answer of a race leads to the receipt, or asks to wait a moment: never another application, never a fault. */
async function judgeAnswers(browser: Browser, answers: Answer[], draftId: string, found: string[]): Promise<number> {
  let receipts = 0;
  for (const answer of answers) {
    if (answer.status === 429 && answer.headers['retry-after'] !== undefined) continue;
    const led = await destination(browser, answer);
    if (led === `/apply/${draftId}/done`) receipts += 1;
    else found.push(`an answer of ${answer.status} leads to ${led ?? 'nowhere'} instead of the receipt`);
  }
  if (receipts === 0) found.push('nobody got the receipt');
  return receipts;
}

async function race(world: World, parallel: number, found: string[]): Promise<number> {
  const draftId = crypto.randomUUID();
  const { browser, member, confirm } = await preparedOrder(world, draftId);
  const answers = await Promise.all(Array.from({ length: parallel }, () => browser.submit(confirm)));
  const receipts = await judgeAnswers(browser, answers, draftId, found);
  const rows = await applicationsOf(world, member.id, draftId);
  if (rows.length !== 1) found.push(`one draft became ${rows.length} applications`);
  await world.database.quiet();
  for (const { id } of rows) {
    const runs = await world.histories.runs(`application/${id}`);
    if (runs !== 1) found.push(`an application has ${runs} workflow runs`);
  }
  const mails = await world.mail.arrived(member.address, 1);
  if (mails.length !== 1) found.push(`one application was mailed ${mails.length} times`);
  found.push(...(await otherBody(world, { browser, member, confirm }, draftId, rows[0]?.number ?? '')));
  return receipts;
}

/** The same draft again with another content, and from another account. */
async function otherBody(
  world: World,
  { browser, member, confirm }: PreparedOrder,
  draftId: string,
  number: string,
): Promise<string[]> {
  const found: string[] = [];
  const other = await browser.submit(confirm, { remarks: 'ほかの内容', digest: '0'.repeat(64) });
  if (other.status !== 409) found.push(`another content under the same draft is answered ${other.status}`);
  else if (!other.body.includes(number)) found.push('the answer to another content does not name the receipt');
  if ((await applicationsOf(world, member.id, draftId)).length !== 1)
    found.push('another content became an application');
  const again = await browser.submit(confirm);
  if (again.status !== 303) found.push(`the same content again is answered ${again.status}`);
  const stranger = await preparedOrder(world, draftId);
  await stranger.browser.submit(stranger.confirm);
  const theirs = await applicationsOf(world, stranger.member.id, draftId);
  if (theirs.length !== 1 || theirs[0]?.number === number)
    found.push("another account's draft of the same id is not its own");
  return found;
}

export const s85: Row = {
  id: 'S85',
  requires: 'one draft of a member is one application, for ever',
  asked: '50 parallel with the same key, 200 repeats: 1 row, 1 workflow, 1 mail',
  attack: async (world, scale) => {
    const repeats = times(scale, { planted: 1, ci: 2, full: 200 });
    const found: string[] = [];
    let receipts = 0;
    for (let repeat = 0; repeat < repeats; repeat += 1) receipts += await race(world, 50, found);
    return {
      found,
      said: `${repeats} repeats of 50 parallel: 1 row, 1 workflow, 1 mail each; ${receipts} receipts, the rest told to wait`,
    };
  },
  plants: [
    {
      what: 'the draft is no key of the application',
      process: 'limits',
      mutations: [
        {
          file: 'server/index.js',
          find: /(member\d*)\.memberId,\s+draftId,\s+content\.kind,/,
          replace: '$1.memberId, randomUUID(), content.kind,',
        },
      ],
      shows: /one draft became|nobody got the receipt/,
    },
  ],
};
