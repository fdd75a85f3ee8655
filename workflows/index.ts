/** Every flow that the worker runs; the entry of the workflow bundle. */
export { application } from './application.workflow.ts';
export { letter } from './letter.workflow.ts';
export { otp } from './otp.workflow.ts';
