/** Writes any letter: one file for each kind, chosen here and nowhere else. */
import type { StoredLetter } from '../../../db/stores/letters.ts';
import type { deriveCode } from '../../../db/stores/secrets.ts';
import type { LetterText, SiteFacts } from '../frame.ts';
import { applicationAccepted } from './application-accepted.ts';
import { applicationArranged } from './application-arranged.ts';
import { applicationFailed } from './application-failed.ts';
import { applicationUnable } from './application-unable.ts';
import { oneTimePassword } from './one-time-password.ts';
import { passwordChanged } from './password-changed.ts';
import { signInNotice } from './sign-in-notice.ts';
import { staffReminder } from './staff-reminder.ts';

/** @param derive makes the code of a challenge: the same at every try */
export function writeLetterText(letter: StoredLetter, site: SiteFacts, derive: typeof deriveCode): LetterText {
  switch (letter.kind) {
    case 'one-time-password': {
      const { person, keyId } = letter.facts;
      return oneTimePassword(letter.facts, site, derive('sign-in', person, letter.subjectId, keyId));
    }
    case 'sign-in-notice':
      return signInNotice(letter.facts, site);
    case 'password-changed':
      return passwordChanged(letter.facts, site);
    case 'application-accepted':
      return applicationAccepted(letter.facts, site);
    case 'application-failed':
      return applicationFailed(letter.facts, site);
    case 'application-arranged':
      return applicationArranged(letter.facts, site);
    case 'application-unable':
      return applicationUnable(letter.facts, site);
    case 'staff-reminder':
      return staffReminder(letter.facts, site, letter.subjectId);
  }
}
