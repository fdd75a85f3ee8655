/** Brings a flow to each of its activities, by what people do, so that a crash point there is met. */
import { setTimeout as sleep } from 'node:timers/promises';
import { takeIn } from '../../db/stores/intake.ts';
import { readLimits } from '../../runtime/limits.ts';
import { Browser, type Answer } from '../attacks/tools/browser.ts';
import { formsOf, type PageForm } from '../attacks/tools/page.ts';
import { getState, letterId } from '../../workflows/letter.contract.ts';
import { buildStaff } from '../support/build.ts';
import { freshAddress } from '../support/email-change.ts';
import { shiftLinks } from '../support/links.ts';
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
  const arrange = formWithButton(application, 'arrange');
  await rig.clients.answer(browser, () => browser.submit(arrange, { verb: 'arrange' }));
};

/** The first form of a page with a button of this value. @throws Error when it has none */
function formWithButton({ body, path }: Answer, button: string): PageForm {
  const form = formsOf(body, path).find(({ buttons }) => buttons.some(([, value]) => value === button));
  if (form === undefined) throw new Error(`${path} has no button ${button}`);
  return form;
}

const newestApplication = (rig: Rig) =>
  rig.database.row<{ id: string }>('select id from applications order by applied_at desc limit 1');

/** An order that staff have not looked at for ten days, whose flow begins only now. */
const overdueOrder: Provoke = async (rig, arm) => {
  const member = await rig.member();
  const ready = await rig.clients.prepareOrder(await rig.clients.signIn(member), member);
  await rig.goneOn(Date.now());
  await whileWorkerStands(rig, async () => {
    await rig.clients.sendUntilReceipt(ready);
    const { id } = await newestApplication(rig);
    await takeIn(id);
    await rig.database.rows(`update applications set intake_at = now() - interval '10 days' where id = $1`, [id]);
    arm();
  });
};

/** Stops the worker in its tracks meanwhile: what begins then, its flow finds later as it has become. */
async function whileWorkerStands(rig: Rig, work: () => Promise<void>): Promise<void> {
  const thaw = freeze(rig.site.pid('worker'));
  try {
    await work();
  } finally {
    thaw();
  }
}

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
  await whileWorkerStands(rig, async () => {
    await rig.clients.signIn(member);
    await rig.database.rows('update letters set give_up_at = now() where recipient = $1', [member.address]);
    arm();
  });
};

/** 「パスワードをお忘れの方はこちら」: the flow looks up what was typed and mails the link. */
const askForReset: Provoke = async (rig, arm) => {
  const { loginId, address } = await rig.member();
  const browser = new Browser(rig.target);
  const form = formWith(await rig.clients.open(browser, '/password/forgot'), 'loginId');
  await rig.goneOn(Date.now());
  arm();
  await rig.clients.answer(browser, () => browser.submit(form, { loginId, address }));
};

/** A page of a signed-in member and the button to press there, drawn before anything breaks. */
async function atButton(rig: Rig, path: string, button: string) {
  const member = await rig.member();
  const browser = await rig.clients.signIn(member);
  const form = formWithButton(await rig.clients.open(browser, path), button);
  await rig.goneOn(Date.now());
  const press = (typed: Record<string, string> = {}) =>
    rig.clients.answer(browser, () => browser.submit(form, { ...typed, intent: button }));
  return { member, press };
}

const addMember: Provoke = async (rig, arm) => {
  const { press } = await atButton(rig, '/account/users', 'add');
  arm();
  await press({ address: freshAddress() });
};

const askForAddressChange: Provoke = async (rig, arm) => {
  const { press } = await atButton(rig, '/account', 'request-email-change');
  arm();
  await press();
};

/** An invitation that has waited two days when its flow begins: its reminder is due. */
const remindInvited: Provoke = async (rig, arm) => {
  const { member, press } = await atButton(rig, '/account/users', 'add');
  const address = freshAddress();
  await whileWorkerStands(rig, async () => {
    await press({ address });
    const { id } = await rig.database.row<{ id: string }>(
      'select id from members where account_id = $1 and address = $2',
      [member.accountId, address],
    );
    await shiftLinks(id, -REMINDER_SECONDS - 1);
    arm();
  });
};

/** A change of address whose first link has ended when its flow begins. */
const lateAddressChange: Provoke = async (rig, arm) => {
  const { member, press } = await atButton(rig, '/account', 'request-email-change');
  await whileWorkerStands(rig, async () => {
    await press();
    await shiftLinks(member.id, -STEP_SECONDS - 1);
    arm();
  });
};

const { setupReminderSeconds: REMINDER_SECONDS, emailChangeStepSeconds: STEP_SECONDS } = readLimits(undefined);

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
  readPasswordResetStanding: askForReset,
  moveResetOn: askForReset,
  readPasswordSetupStanding: addMember,
  moveSetupOn: remindInvited,
  readEmailChangeStanding: askForAddressChange,
  expireEmailChange: lateAddressChange,
};
