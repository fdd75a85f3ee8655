/** Every flow that the worker runs; the entry of the workflow bundle. */
export { application } from './application.workflow.ts';
export { emailChange } from './email-change.workflow.ts';
export { letter } from './letter.workflow.ts';
export { otp } from './otp.workflow.ts';
export { passwordReset } from './password-reset.workflow.ts';
export { passwordSetup } from './password-setup.workflow.ts';
