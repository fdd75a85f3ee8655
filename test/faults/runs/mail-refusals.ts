/** F11 and F12: the mail server refuses, for now or for good, at every command of a delivery. */
import { setTimeout as sleep } from 'node:timers/promises';
import { oneTimeCodeTexts } from '../../../app/texts/one-time-code.ts';
import { letterWaitsFor } from '../../../domain/flows/waits-for.ts';
import { letterAdvice } from '../../../domain/wording/operator.ts';
import { letterWaits } from '../../../domain/wording/waits.ts';
import { doors } from '../../attacks/tools/sign-in.ts';
import type { BuiltMember } from '../../support/build.ts';
import { shownStanding } from '../../support/shown-standing.ts';
import type { Rig } from '../rig.ts';
import { expectEachOnce, letterIn, NEXT_TRY_WITHIN_MS, triedInVain, type LetterSeen } from './letters.ts';
import { lasting, repeat, times, type FaultRun } from './run.ts';

const GREYLISTED_MS = 300_000;

/**
 * One letter meets all of these, each at another try. The greeting comes last: on a connection that is still open there is none, and
 * 421 is what the site closes one for.
 */
const TEMPORARY = [
  { at: 'mail', code: 450 },
  { at: 'rcpt', code: 452 },
  { at: 'data', code: 421 },
  { at: 'connect', code: 451 },
] as const;

export function refuseForNow(): FaultRun[] {
  return repeat(times(1, 3), (index): FaultRun[] => {
    const downMs = lasting(GREYLISTED_MS, index);
    return [
      {
        fault: 'F11',
        name: `451 at RCPT TO for ${downMs / 1000} s (${index + 1})`,
        counts: 1,
        strike: (rig) => greylist(rig, downMs),
        goesOnWithinMs: NEXT_TRY_WITHIN_MS,
      },
      {
        fault: 'F11',
        name: `450, 452, 421, 451 at MAIL FROM, RCPT TO, DATA, greeting (${index + 1})`,
        counts: TEMPORARY.length,
        strike: refuseAtEachCommand,
        goesOnWithinMs: NEXT_TRY_WITHIN_MS,
      },
    ];
  }).flat();
}

async function greylist(rig: Rig, ms: number): Promise<number[]> {
  const { clients, mail } = rig;
  const buyer = await rig.member();
  const order = await clients.prepareOrder(await clients.signIn(buyer), buyer);
  await rig.goneOn(Date.now());
  await mail.behave({ mode: 'refuse-temporary', at: 'rcpt', code: 451 });
  const until = Date.now() + ms;
  try {
    await clients.sendUntilReceipt(order);
    await triedInVain(rig, await letterIn(rig, buyer.address, 'pending'), 'mail-451');
    await sleep(Math.max(0, until - Date.now()));
  } finally {
    await mail.behave({ mode: 'accept' });
  }
  return deliveredOnce(rig, buyer.address);
}

async function refuseAtEachCommand(rig: Rig): Promise<number[]> {
  const { clients, mail } = rig;
  const member = await rig.member();
  await rig.goneOn(Date.now());
  const [first, ...others] = TEMPORARY;
  await mail.behave({ mode: 'refuse-temporary', ...first });
  try {
    await clients.signIn(member);
    const letter = await letterIn(rig, member.address, 'pending');
    await triedInVain(rig, letter, `mail-${first.code}`);
    for (const refusal of others) {
      await mail.behave({ mode: 'refuse-temporary', ...refusal });
      await triedInVain(rig, letter, `mail-${refusal.code}`);
    }
  } finally {
    await mail.behave({ mode: 'accept' });
  }
  return deliveredOnce(rig, member.address);
}

async function deliveredOnce(rig: Rig, address: string): Promise<number[]> {
  const goneOn = await rig.goneOn(Date.now());
  await expectEachOnce(rig, address);
  return [goneOn];
}

const PERMANENT = (['rcpt', 'data'] as const).flatMap((at) => [550, 552, 554].map((code) => ({ at, code })));

const AT: Record<(typeof PERMANENT)[number]['at'], string> = { rcpt: 'RCPT TO', data: 'DATA' };

export function refuseForGood(): FaultRun[] {
  return repeat(times(1, 3), (index): FaultRun[] => [
    {
      fault: 'F12',
      name: `550, 552, 554 at RCPT TO and DATA (${index + 1})`,
      counts: PERMANENT.length,
      strike: refuseEach,
    },
    { fault: 'F12', name: `550 for a one-time code (${index + 1})`, counts: 1, strike: refuseCode },
  ]).flat();
}

/** Longer than the pause before a second try. */
const NO_RETRY_FOR_MS = 4000;

interface Refused {
  refusal: (typeof PERMANENT)[number];
  member: BuiltMember;
}

/** 送信失敗 at once; an operator sees it and sends it again, or gives it up. One letter after the other, each refused its own way. */
async function refuseEach(rig: Rig): Promise<number[]> {
  const refused: Refused[] = [];
  try {
    for (const refusal of PERMANENT) {
      const member = await rig.member();
      await rig.mail.behave({ mode: 'refuse-permanent', ...refusal, to: member.address });
      await rig.clients.signIn(member);
      await letterIn(rig, member.address, 'parked');
      refused.push({ refusal, member });
    }
    await sleep(NO_RETRY_FOR_MS);
    for (const each of refused) await expectParked(rig, each);
  } finally {
    await rig.mail.behave({ mode: 'accept' });
  }
  for (const each of refused) await operate(rig, each);
  return [];
}

async function expectParked(rig: Rig, { refusal, member }: Refused): Promise<void> {
  const letter = await letterIn(rig, member.address, 'parked');
  const what = `refused with ${refusal.code} at ${AT[refusal.at]}`;
  if (letter.tries !== 1) throw new Error(`${what}, it was tried ${letter.tries} times`);
  if (letter.refusal !== String(refusal.code))
    throw new Error(`${what}, the row tells of ${letter.refusal ?? 'no refusal'}`);
  await expectShown(handleOf(rig, letter));
}

/** Sends again what was refused at RCPT TO, and gives up the rest. */
async function operate(rig: Rig, { refusal, member }: Refused): Promise<void> {
  const letter = await letterIn(rig, member.address, 'parked');
  const args: [{ operator: string }] = [{ operator: 'fault-test' }];
  if (refusal.at === 'rcpt') {
    await handleOf(rig, letter).executeUpdate('retry', { args });
    return expectEachOnce(rig, member.address);
  }
  await handleOf(rig, letter).executeUpdate('giveUp', { args });
  await letterIn(rig, member.address, 'abandoned');
  if ((await rig.mail.mails(member.address)).length > 0) throw new Error('a mail came that was given up');
}

const handleOf = ({ temporal }: Rig, { id }: LetterSeen): Handle => temporal.workflow.getHandle(`letter/${id}`);

type Handle = ReturnType<Rig['temporal']['workflow']['getHandle']>;

/** In the list of flows by its search attributes, and on its own page what it waits for and what there is to do. */
async function expectShown(handle: Handle): Promise<void> {
  const shown = await shownStanding(handle);
  const wanted = { FlowState: 'parked', WaitsFor: letterWaitsFor.parked, NeedsAttention: true };
  for (const [name, value] of Object.entries(wanted))
    if (shown[name] !== value) throw new Error(`operators see ${name} ${String(shown[name])}, not ${String(value)}`);
  const { currentDetails } = await handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata');
  for (const words of [letterWaits.parked, letterAdvice.parked])
    if (currentDetails?.includes(words) !== true) throw new Error(`the page of a parked letter lacks: ${words}`);
}

/** The page where the code is typed says that its mail can't be delivered. Letter and code end by themselves. */
async function refuseCode(rig: Rig): Promise<number[]> {
  const { clients, mail } = rig;
  const member = await rig.member({ mfa: true });
  await mail.behave({ mode: 'refuse-permanent', at: 'rcpt', code: 550, to: member.address });
  try {
    const browser = await clients.signIn(member);
    await letterIn(rig, member.address, 'parked');
    const page = await clients.open(browser, doors.member.code);
    if (!page.body.includes(oneTimeCodeTexts.undeliverableTitle))
      throw new Error('the page of a code does not say that its mail can not be delivered');
  } finally {
    await mail.behave({ mode: 'accept' });
  }
  return [];
}
