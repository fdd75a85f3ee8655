/** Histories of flows that wait for minutes, hours or days: rows and mail server are played, time is skipped. */
import type { WorkflowHandle } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { fileURLToPath } from 'node:url';
import { flowEnvironment, type FlowEnvironment } from '../../test/support/flows.ts';
import { playEmailChange } from '../../test/support/played-email-change.ts';
import { playPasswordReset } from '../../test/support/played-password-reset.ts';
import { HOUR, playApplication, playLetter, playOtp } from '../../test/support/played-rows.ts';
import { giveUp } from '../../workflows/letter.contract.ts';
import { commandGiven } from '../../workflows/application.contract.ts';
import { passwordSetupStories } from './password-setup.ts';
import type { Save } from './save.ts';
import { findTestServer } from '../tools/test-server.ts';

export async function recordWithSkippedTime(save: Save): Promise<void> {
  const path = await findTestServer((line) => void process.stdout.write(`${line}\n`));
  const flows = await flowEnvironment({
    environment: await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path } },
    }),
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)),
      logger: new DefaultLogger('ERROR'),
    }),
  });
  try {
    for (const [name, play] of Object.entries(stories)) {
      const handle = await play(flows);
      await handle.result();
      await save(name, await flows.history(handle));
    }
  } finally {
    await flows.stop();
  }
}

const stories: Record<string, (flows: FlowEnvironment) => Promise<WorkflowHandle>> = {
  'otp.expired': async (flows) => (await playOtp(flows)).handle,

  'otp.expired-by-a-slower-clock': async (flows) => (await playOtp(flows, { slowClock: 5_000 })).handle,

  'email-change.expired-before-the-address': async (flows) => (await playEmailChange(flows)).handle,

  'email-change.expired': async (flows) => {
    const { handle, giveAddress } = await playEmailChange(flows);
    await flows.sleep('20 hours');
    await giveAddress();
    return handle;
  },

  'password-reset.expired': async (flows) => (await playPasswordReset(flows)).handle,

  'letter.lapsed': async (flows) => (await playLetter(flows, ['refuses for now'], { withCode: true })).handle,

  'letter.parked-until-its-end': async (flows) =>
    (await playLetter(flows, ['refuses for good'], { withCode: true })).handle,

  'letter.time-ran-out': async (flows) => {
    const { handle } = await playLetter(flows, ['refuses for now']);
    await flows.sleep(25 * HOUR);
    await handle.executeUpdate(giveUp, { args: [{ operator: 'ops1' }] });
    return handle;
  },

  'application.staff-reminded': async (flows) => {
    const { handle, give } = await playApplication(flows);
    await flows.sleep('10 days');
    await handle.signal(commandGiven, give('goodsArranged'));
    return handle;
  },

  ...passwordSetupStories,
};
