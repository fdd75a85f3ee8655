/** The real flows but one, which begins with a timer that no recorded history has: what replay.test.ts must notice. */
import { sleep } from '@temporalio/workflow';
import { otp as realOtp } from '../../../workflows/otp.workflow.ts';
import type { OtpInput } from '../../../workflows/otp.contract.ts';

export { application, emailChange, letter, passwordReset, passwordSetup } from '../../../workflows/index.ts';

export async function otp(input: OtpInput): Promise<string> {
  await sleep('1 second');
  return realOtp(input);
}
