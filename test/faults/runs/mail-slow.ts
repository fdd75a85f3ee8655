/** F10: a mail server that dawdles at one recipient, or falls silent after DATA. Time-outs act, and all other mails flow. */
import type { BuiltMember } from '../../support/build.ts';
import type { Rig } from '../rig.ts';
import type { Random } from '../seed.ts';
import { lettersTo, NEXT_TRY_WITHIN_MS, triedInVain } from './letters.ts';
import { full, repeat, times, type FaultRun } from './run.ts';

/** More than the worker has mail connections. */
const SLOW_LETTERS = 8;
/** Two time-outs of 10 s, one of them on a connection that was open already, and a little: so long it may take until one is free. */
const OTHERS_WITHIN_MS = 25_000;

/** Both ways five times in the long run; in CI one of them, drawn. */
export function dawdle(random: Random): FaultRun[] {
  return repeat(times(1, 5), (index) => {
    const ways = slowWays(index);
    return full ? ways : [random.pick(ways)];
  }).flat();
}

function slowWays(index: number): FaultRun[] {
  return [
    {
      fault: 'F10',
      name: `30 s before the answer to RCPT TO, ${SLOW_LETTERS} letters at once (${index + 1})`,
      counts: 1,
      strike: slowAtOneRecipient,
      goesOnWithinMs: NEXT_TRY_WITHIN_MS,
    },
    {
      fault: 'F10',
      name: `silent after DATA (${index + 1})`,
      counts: 1,
      strike: silentAfterData,
      goesOnWithinMs: NEXT_TRY_WITHIN_MS,
    },
  ];
}

async function slowAtOneRecipient(rig: Rig): Promise<number[]> {
  const slow = await rig.member();
  const mode = { mode: 'slow', at: 'rcpt', to: slow.address, delayMs: 30_000 };
  return whileBehaving(rig, mode, async () => {
    await Promise.all(repeat(SLOW_LETTERS, () => rig.clients.signIn(slow)));
    await othersFlow(rig);
    await expectTimedOut(rig, slow);
  });
}

/** Each silent try has brought its mail: the member gets it again, with the same Message-ID. */
async function silentAfterData(rig: Rig): Promise<number[]> {
  const hung = await rig.member();
  const goneOn = await whileBehaving(rig, { mode: 'hang-after-data', to: hung.address }, async () => {
    await rig.clients.signIn(hung);
    await othersFlow(rig);
    await expectTimedOut(rig, hung);
  });
  const [letter] = await lettersTo(rig, hung.address);
  const inVain = (letter?.tries ?? 0) - 1;
  const copies = (await rig.mail.mails(hung.address)).length - 1;
  if (inVain < 1 || copies < 1) throw new Error(`the fault did not hit: ${inVain} tries in vain, ${copies} copies`);
  rig.clients.seen.crashesAfterData += inVain;
  return goneOn;
}

/** @returns how long it took, from the moment the mail server behaved again */
async function whileBehaving(rig: Rig, mode: object, work: () => Promise<void>): Promise<number[]> {
  await rig.goneOn(Date.now());
  await rig.mail.behave(mode);
  try {
    await work();
  } finally {
    await rig.mail.behave({ mode: 'accept' });
  }
  return [await rig.goneOn(Date.now())];
}

/** A code and the letters of an order come in time. */
async function othersFlow({ clients, mail, member }: Rig): Promise<void> {
  const [coded, buyer] = [await member({ mfa: true }), await member()];
  const order = await clients.prepareOrder(await clients.signIn(buyer), buyer);
  await Promise.all([clients.signIn(coded), clients.sendUntilReceipt(order)]);
  await Promise.all([
    mail.arrived(coded.address, 1, OTHERS_WITHIN_MS),
    // ログイン通知 and 申込受付完了.
    mail.arrived(buyer.address, 2, OTHERS_WITHIN_MS),
  ]);
}

async function expectTimedOut(rig: Rig, { address }: BuiltMember): Promise<void> {
  const letters = await lettersTo(rig, address);
  const tried = letters.find(({ tries }) => tries > 0);
  if (tried === undefined) throw new Error('the fault did not hit: no letter was tried');
  await triedInVain(rig, tried, 'mail-timed-out');
}
