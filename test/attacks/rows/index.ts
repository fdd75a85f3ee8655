/** Every row of the security table that is attacked so far, in its order. */
import type { Row } from '../attack.ts';
import { s01 } from './s01-one-answer.ts';
import { s02 } from './s02-same-time.ts';
import { s03 } from './s03-forgotten-password.ts';
import { s04 } from './s04-other-accounts-addresses.ts';
import { s05 } from './s05-code-page.ts';
import { s06, s07, s08 } from './s06-s08-guessing.ts';
import { s09 } from './s09-ten-minutes.ts';
import { s10 } from './s10-resend.ts';
import { s11 } from './s11-bound-codes.ts';
import { s12 } from './s12-derived-codes.ts';
import { s13 } from './s13-nothing-before-the-code.ts';
import { s14 } from './s14-single-use.ts';
import { s15 } from './s15-derived-links.ts';
import { s16 } from './s16-link-ends.ts';
import { s17 } from './s17-looking-uses-nothing.ts';
import { s18 } from './s18-own-origin.ts';
import { s19 } from './s19-no-leaking-links.ts';
import { s20 } from './s20-one-purpose.ts';
import { s21 } from './s21-mail-change.ts';
import { s22 } from './s22-invitations.ts';
import { s23 } from './s23-new-ids.ts';
import { s24 } from './s24-ended-at-once.ts';
import { s25 } from './s25-session-ends.ts';
import { s26 } from './s26-cookies.ts';
import { s27 } from './s27-back-button.ts';
import { s28 } from './s28-session-store.ts';
import { s29 } from './s29-own-sessions.ts';
import { s30 } from './s30-cross-site.ts';
import { s31 } from './s31-foreign-sign-in.ts';
import { s32 } from './s32-safe-methods.ts';
import { s34 } from './s34-content-security-policy.ts';
import { s35 } from './s35-headers.ts';
import { s36 } from './s36-frames.ts';
import { s37 } from './s37-return-to.ts';
import { s38 } from './s38-no-sharing.ts';
import { s48 } from './s48-other-accounts.ts';
import { s49 } from './s49-every-loader-alone.ts';
import { s50 } from './s50-listed-fields.ts';
import { s51 } from './s51-mass-assignment.ts';
import { s53 } from './s53-rights-at-once.ts';
import { s54, s55 } from './s54-s55-throttle.ts';
import { s56 } from './s56-addresses.ts';
import { s57 } from './s57-mail-floods.ts';
import { s59 } from './s59-password-queue.ts';
import { s60 } from './s60-sizes-and-times.ts';
import { s61, s62, s63, s64 } from './s61-s64-passwords.ts';
import { s65 } from './s65-ids-only.ts';
import { s66 } from './s66-failures.ts';
import { s70, s71 } from './s70-s71-traces.ts';
import { s77 } from './s77-japanese-days.ts';
import { s78 } from './s78-one-mail-address.ts';
import { s79 } from './s79-one-login-id.ts';
import { s80 } from './s80-names.ts';
import { s81 } from './s81-ten-members.ts';
import { s83 } from './s83-one-address-once.ts';
import { s85 } from './s85-one-draft-one-application.ts';
import { s87 } from './s87-deletion-races.ts';

export const rows: readonly Row[] = [
  ...[s01, s02, s03, s04, s05, s06, s07, s08, s09],
  ...[s10, s11, s12, s13, s14, s15, s16, s17, s18, s19],
  ...[s20, s21, s22, s23, s24, s25, s26, s27, s28, s29],
  ...[s30, s31, s32, s34, s35, s36, s37, s38],
  ...[s48, s49],
  ...[s50, s51, s53, s54, s55, s56, s57, s59],
  ...[s60, s61, s62, s63, s64, s65, s66],
  ...[s70, s71, s77, s78, s79],
  ...[s80, s81, s83, s85, s87],
];
