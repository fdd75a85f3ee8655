/** F09: nobody listens where the mail server was. Orders are taken in, the page of a code says so, and every mail comes afterwards. */
import { setTimeout as sleep } from 'node:timers/promises';
import { oneTimeCodeTexts } from '../../../app/texts/one-time-code.ts';
import { doors } from '../../attacks/tools/sign-in.ts';
import type { Browser } from '../../attacks/tools/browser.ts';
import { killPart } from '../crashing.ts';
import type { Rig } from '../rig.ts';
import { expectEachOnce, NEXT_TRY_WITHIN_MS } from './letters.ts';
import { lasting, repeat, times, type FaultRun } from './run.ts';

const TEN_MINUTES_MS = 600_000;

export function stopMail(): FaultRun[] {
  return repeat(times(1, 3), (index) => {
    const downMs = lasting(TEN_MINUTES_MS, index);
    return {
      fault: 'F09',
      name: `mail server down for ${downMs / 1000} s (${index + 1})`,
      counts: 1,
      strike: (rig) => withoutMail(rig, downMs),
      goesOnWithinMs: NEXT_TRY_WITHIN_MS,
    };
  });
}

async function withoutMail(rig: Rig, downMs: number): Promise<number[]> {
  const { clients, mail } = rig;
  const [buyer, coded] = [await rig.member(), await rig.member({ mfa: true })];
  const order = await clients.prepareOrder(await clients.signIn(buyer), buyer);
  await rig.goneOn(Date.now());
  await killPart(rig.site, 'mail');
  const over = new AbortController();
  const gone = keepDead(rig, Date.now() + downMs, over.signal);
  try {
    if ((await clients.send(order)) === undefined) throw new Error('an order was not accepted without a mail server');
    await untilTakenIn(rig, order.seen.draftId);
    await untilPageTellsOfDelay(rig, await clients.signIn(coded));
  } catch (error) {
    over.abort();
    throw error;
  } finally {
    await gone;
  }
  const back = await untilMailIsBack(rig);
  const goneOnMs = await rig.goneOn(back);
  await expectEachOnce(rig, buyer.address);
  // The code's time may be over by now: then one signs in again.
  const before = (await mail.mails(coded.address)).length;
  await clients.signIn(coded);
  await mail.arrived(coded.address, before + 1);
  return [goneOnMs];
}

/** Kill -9 whenever the supervisor has started it again: it never comes as far as listening. */
async function keepDead(rig: Rig, until: number, over: AbortSignal): Promise<void> {
  while (Date.now() < until && !over.aborted) {
    // Between two lives there is none to kill.
    await killPart(rig.site, 'mail').catch(() => undefined);
    await sleep(20);
  }
}

async function untilTakenIn({ database }: Rig, draftId: string): Promise<void> {
  const end = Date.now() + 10_000;
  for (;;) {
    const { intake } = await database.row<{ intake: string }>('select intake from applications where draft_id = $1', [
      draftId,
    ]);
    if (intake === 'accepted') return;
    if (Date.now() > end) throw new Error(`without a mail server an order stays ${intake}`);
    await sleep(100);
  }
}

async function untilPageTellsOfDelay({ clients }: Rig, browser: Browser): Promise<void> {
  const end = Date.now() + 15_000;
  for (;;) {
    const page = await clients.open(browser, doors.member.code);
    if (page.body.includes(oneTimeCodeTexts.delayedTitle)) return;
    if (Date.now() > end) throw new Error('the page of a code does not say that its mail is late');
    await sleep(500);
  }
}

const BACK_WITHIN_MS = 30_000;

/** @returns when (ms since 1970) */
async function untilMailIsBack({ mail }: Rig): Promise<number> {
  const end = Date.now() + BACK_WITHIN_MS;
  for (;;) {
    const answered = await mail.mails().catch(() => undefined);
    if (answered !== undefined) return Date.now();
    if (Date.now() > end) throw new Error('the catcher did not come back');
    await sleep(100);
  }
}
