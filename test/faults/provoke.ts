/** Brings a flow to each of its activities, by what people do, so that a crash point there is met. */
import { setTimeout as sleep } from 'node:timers/promises';
import { takeIn } from '../../db/stores/intake.ts';
import { formsOf } from '../attacks/tools/page.ts';
import { getState, letterId } from '../../workflows/letter.contract.ts';
import { buildStaff } from '../support/build.ts';
import { formWith } from './clients.ts';
import { freeze, type ActivityName } from './crashing.ts';
import type { Rig } from './rig.ts';

/** Does what leads to it; `arm` is called as late as possible. Resolves when the last button is pressed, whatever became of it. */
export type Provoke = (rig: Rig, arm: () => void) => Promise<void>;

const order: Provoke = async (rig, arm) => {
  const member = await rig.member();
  const ready = await rig.clients.prepareOrder(await rig.clients.signIn(member), member);
  await rig.goneOn(Date.now());
  arm();
  await rig.clients.sendUntilReceipt(ready);
};

const answerOrder: Provoke = async (rig, arm) => {
  await order(rig, () => undefined);
  const staff = await buildStaff();
  const browser = await rig.clients.signIn(staff);
  const [letter] = await rig.mail.arrived(staff.address, 1);
  const code = /\b\d{6}\b/.exec(letter?.text ?? '')?.[0] ?? '';
  rig.clients.seen.canaries.push(code);
  const page = await rig.clients.open(browser, '/staff/login/otp');
  await rig.clients.answer(browser, () => browser.submit(formWith(page, 'code'), { code }));
  rig.clients.seen.canaries.push(...browser.cookies.values());
  const { id } = await newestApplication(rig);
  const application = await rig.clients.open(browser, `/staff/applications/${id}`);
  await rig.goneOn(Date.now());
  arm();
  const arrange = formsOf(application.body, application.path).find(({ buttons }) =>
    buttons.some(([, value]) => value === 'arrange'),
  );
  if (arrange === undefined) throw new Error('no button 手配済にする');
  await rig.clients.answer(browser, () => browser.submit(arrange, { verb: 'arrange' }));
};

const newestApplication = (rig: Rig) =>
  rig.database.row<{ id: string }>('select id from applications order by applied_at desc limit 1');

/** An order that staff have not looked at for ten days, whose flow begins only now. */
const overdueOrder: Provoke = async (rig, arm) => {
  const member = await rig.member();
  const ready = await rig.clients.prepareOrder(await rig.clients.signIn(member), member);
  await rig.goneOn(Date.now());
  const thaw = freeze(rig.site.pid('worker'));
  try {
    await rig.clients.sendUntilReceipt(ready);
    const { id } = await newestApplication(rig);
    await takeIn(id);
    await rig.database.rows(`update applications set intake_at = now() - interval '10 days' where id = $1`, [id]);
    arm();
  } finally {
    thaw();
  }
};

const signInWithCode: Provoke = async (rig, arm) => {
  const member = await rig.member({ mfa: true });
  arm();
  await rig.clients.signIn(member);
};

const codeThatLapses: Provoke = async (rig, arm) => {
  const member = await rig.member({ mfa: true });
  await rig.mail.behave({ mode: 'refuse-temporary', to: member.address });
  arm();
  await rig.clients.signIn(member);
};

const letterOutOfTime: Provoke = async (rig, arm) => {
  const member = await rig.member();
  const thaw = freeze(rig.site.pid('worker'));
  try {
    await rig.clients.signIn(member);
    await rig.database.rows('update letters set give_up_at = now() where recipient = $1', [member.address]);
    arm();
  } finally {
    thaw();
  }
};

/** An operator's act on a letter that the mail server refused for good. */
const operate =
  (update: 'retry' | 'giveUp'): Provoke =>
  async (rig, arm) => {
    const member = await rig.member();
    await rig.mail.behave({ mode: 'refuse-permanent', to: member.address });
    await rig.clients.signIn(member);
    const { id } = await parked(rig, member.address);
    const flow = rig.temporal.workflow.getHandle(letterId(id));
    // The row is parked a moment before its flow knows: till then an act changes nothing.
    while ((await flow.query(getState)) !== 'parked') await sleep(100);
    await rig.mail.behave({ mode: 'accept' });
    arm();
    await flow.executeUpdate(update, { args: [{ operator: 'fault-test' }] });
  };

async function parked(rig: Rig, recipient: string): Promise<{ id: string }> {
  for (;;) {
    const [row] = await rig.database.rows<{ id: string }>(
      `select id from letters where recipient = $1 and state = 'parked'`,
      [recipient],
    );
    if (row !== undefined) return row;
    await sleep(100);
  }
}

/** What leads to each activity. */
export const provoke: Record<ActivityName, Provoke> = {
  readApplicationStanding: order,
  takeIn: order,
  readReminderRules: order,
  readLetterStanding: order,
  sendLetter: order,
  applyCommand: answerOrder,
  remindStaff: overdueOrder,
  readChallengeStanding: signInWithCode,
  expireChallenge: signInWithCode,
  recordLapsed: codeThatLapses,
  recordParked: letterOutOfTime,
  reopenLetter: operate('retry'),
  recordAbandoned: operate('giveUp'),
};
