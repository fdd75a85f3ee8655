/** Every flow's door by the word that the outbox has for it. */
import type { OutboxFlow } from '../db/stores/outbox.ts';
import { applicationDoor } from './application.door.ts';
import type { Door } from './door.ts';
import { letterDoor } from './letter.door.ts';
import { otpDoor } from './otp.door.ts';
import { emailChangeDoor, passwordResetDoor, passwordSetupDoor } from './procedure.doors.ts';

export const doors: Record<OutboxFlow, Door> = {
  otp: otpDoor,
  letter: letterDoor,
  application: applicationDoor,
  'password-reset': passwordResetDoor,
  'password-setup': passwordSetupDoor,
  'email-change': emailChangeDoor,
};
