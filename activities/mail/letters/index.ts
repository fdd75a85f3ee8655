/** Writes any letter: one file for each kind, chosen here and nowhere else. */
import type { StoredLetter } from '../../../db/stores/letters.ts';
import type { deriveCode, deriveLinkToken } from '../../../db/stores/secrets.ts';
import { linkPaths } from '../../../domain/procedures.ts';
import type { LinkFacts } from '../../../domain/letters.ts';
import type { LetterText, SiteFacts } from '../frame.ts';
import { applicationAccepted } from './application-accepted.ts';
import { applicationArranged } from './application-arranged.ts';
import { applicationFailed } from './application-failed.ts';
import { applicationUnable } from './application-unable.ts';
import { memberAddedByStaff } from './member-added-by-staff.ts';
import { memberDeleted, otherMemberDeleted } from './member-deleted.ts';
import { emailChangeConfirmation } from './email-change-confirmation.ts';
import { emailChangeRequest } from './email-change-request.ts';
import { emailChanged } from './email-changed.ts';
import { oneTimePassword } from './one-time-password.ts';
import { passwordChanged } from './password-changed.ts';
import { passwordReset } from './password-reset.ts';
import { passwordSetup } from './password-setup.ts';
import { registrationChanged } from './registration-changed.ts';
import { signInNotice } from './sign-in-notice.ts';
import { signInReported } from './sign-in-reported.ts';
import { staffReminder } from './staff-reminder.ts';

/** What makes codes and link tokens: the same at every try. */
export interface SecretMakers {
  deriveCode: typeof deriveCode;
  deriveLinkToken: typeof deriveLinkToken;
}

export function writeLetterText(letter: StoredLetter, site: SiteFacts, secrets: SecretMakers): LetterText {
  const urlOf = ({ purpose, linkId, keyId }: LinkFacts): string =>
    `${site.publicOrigin}${linkPaths[purpose]}?token=${secrets.deriveLinkToken(purpose, linkId, keyId)}`;
  switch (letter.kind) {
    case 'one-time-password': {
      const { purpose, person, keyId } = letter.facts;
      return oneTimePassword(letter.facts, site, secrets.deriveCode(purpose, person, letter.subjectId, keyId));
    }
    case 'sign-in-notice':
      return signInNotice(letter.facts, site, urlOf(letter.facts.link));
    case 'sign-in-reported':
      return signInReported(letter.facts, site);
    case 'password-reset':
      return passwordReset(letter.facts, site, urlOf(letter.facts.link));
    case 'password-setup':
      return passwordSetup(letter.facts, site, urlOf(letter.facts.link));
    case 'email-change-request':
      return emailChangeRequest(letter.facts, site, urlOf(letter.facts.link));
    case 'email-change-confirmation':
      return emailChangeConfirmation(letter.facts, site, urlOf(letter.facts.link));
    case 'email-changed':
      return emailChanged(letter.facts, site);
    case 'password-changed':
      return passwordChanged(letter.facts, site);
    case 'registration-changed':
      return registrationChanged(letter.facts, site);
    case 'member-added-by-staff':
      return memberAddedByStaff(letter.facts, site);
    case 'member-deleted':
      return memberDeleted(letter.facts, site);
    case 'other-member-deleted':
      return otherMemberDeleted(letter.facts, site);
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
