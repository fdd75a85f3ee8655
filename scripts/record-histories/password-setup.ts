/** パスワード設定: every edge, with reminder and end after days. */
import type { WorkflowHandle } from '@temporalio/client';
import type { FlowEnvironment } from '../../test/support/flows.ts';
import { playPasswordSetup } from '../../test/support/played-password-setup.ts';
import { calledOff, passwordSet } from '../../workflows/password-setup.contract.ts';

const AFTER_THE_REMINDER = '50 hours';

export const passwordSetupStories: Record<string, (flows: FlowEnvironment) => Promise<WorkflowHandle>> = {
  'password-setup.completed': async (flows) => {
    const { handle, tell } = await playPasswordSetup(flows);
    await flows.sleep('1 hour');
    await tell('completed', passwordSet);
    return handle;
  },

  'password-setup.cancelled': async (flows) => {
    const { handle, tell } = await playPasswordSetup(flows);
    await flows.sleep('1 hour');
    await tell('cancelled', calledOff);
    return handle;
  },

  'password-setup.completed-after-the-reminder': async (flows) => {
    const { handle, tell } = await playPasswordSetup(flows);
    await flows.sleep(AFTER_THE_REMINDER);
    await tell('completed', passwordSet);
    return handle;
  },

  'password-setup.cancelled-after-the-reminder': async (flows) => {
    const { handle, tell } = await playPasswordSetup(flows);
    await flows.sleep(AFTER_THE_REMINDER);
    await tell('cancelled', calledOff);
    return handle;
  },

  'password-setup.expired': async (flows) => (await playPasswordSetup(flows)).handle,

  'password-setup.expired-before-the-worker-came-back': async (flows) =>
    (await playPasswordSetup(flows, { hoursLate: 80 })).handle,
};
