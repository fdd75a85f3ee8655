/** The letters of the site and what each tells: facts frozen when the letter is written, so that a retry says the same. */
import type { ApplicationKind } from './application/kinds.ts';
import type { IntakeRefusal } from './application/intake.ts';
import type { CodePurpose } from './flows/otp.ts';
import type { LinkPurpose } from './procedures.ts';

/** What every letter about an application names. Instants are ISO 8601 in UTC, rental dates `YYYY-MM-DD`. */
export interface ApplicationFacts {
  company: string;
  person: string;
  applicationNumber: string;
  orderNumber: string | null;
  kind: ApplicationKind;
  appliedAt: string;
  items: { productCode: string; productName: string; startsOn: string; endsOn: string; quantity: number }[];
}

/** A link in a letter; its token is derived when the letter is sent. `expiresAt`: ISO 8601 in UTC. */
export interface LinkFacts {
  linkId: string;
  purpose: LinkPurpose;
  keyId: string;
  /** Stands on the page too, so that people can match them. */
  reference: string;
  expiresAt: string;
}

/** A member in a letter to a colleague; `name` is empty while none is set. */
export interface NamedMember {
  name: string;
  address: string;
}

/** What was changed of a member's 登録情報. */
export type RegistrationChange =
  | 'user-name'
  | 'mfa-on'
  | 'mfa-off'
  // By staff: asked for by telephone; for the whole account.
  | 'mfa-off-by-staff'
  | 'mfa-required'
  | 'mfa-released';

export interface LetterFacts {
  /** ワンタイムパスワード通知. The code itself is derived when the letter is sent. */
  'one-time-password': {
    name: string;
    reference: string;
    expiresAt: string;
    person: 'member' | 'staff';
    keyId: string;
    purpose: CodePurpose;
  };
  /** ログイン通知メール */
  'sign-in-notice': {
    company: string;
    name: string;
    signedInAt: string;
    ip: string;
    browser: string;
    link: LinkFacts;
  };
  /** To the contact center: a member knows nothing of a sign-in. */
  'sign-in-reported': { customerNumber: string; company: string; name: string; signedInAt: string; stoppedAt: string };
  /** パスワード再設定のご案内. `stopped`: the password was made unusable after an unknown sign-in. */
  'password-reset': { company: string; name: string; stopped: boolean; link: LinkFacts };
  /** パスワード設定依頼メール, and the same once more */
  'password-setup': { company: string; again: boolean; link: LinkFacts };
  /** 利用者削除のお知らせ, to the deleted address. `invited`: the password was never set; there is no name then. */
  'member-deleted': { company: string; name: string; invited: boolean; deletedAt: string };
  /** The same to the other members who are 利用中. */
  'other-member-deleted': {
    company: string;
    name: string;
    deleted: NamedMember;
    by: NamedMember;
    deletedAt: string;
  };
  /** 利用者追加のお知らせ, to the members who are 利用中: staff added an address, asked for by telephone. */
  'member-added-by-staff': { company: string; name: string; address: string; addedAt: string };
  /** 登録情報変更のお知らせ */
  'registration-changed': { company: string; name: string; changedAt: string; changes: RegistrationChange[] };
  /** メールアドレス変更依頼受付, to the address as it is */
  'email-change-request': { company: string; name: string; link: LinkFacts };
  /** To the new address, which may be a stranger's: it names nobody. */
  'email-change-confirmation': { link: LinkFacts };
  /** To both. `maskedAddress`: the new one. */
  'email-changed': { company: string; name: string; changedAt: string; mailbox: 'old' | 'new'; maskedAddress: string };
  'password-changed': { company: string; name: string; changedAt: string };
  'application-accepted': ApplicationFacts;
  'application-failed': ApplicationFacts & { refusal: IntakeRefusal };
  'application-arranged': ApplicationFacts;
  'application-unable': ApplicationFacts & { reason: string };
  /** To the contact center: an application waits for an answer. */
  'staff-reminder': {
    customerNumber: string;
    applicationNumber: string;
    orderNumber: string | null;
    kind: ApplicationKind;
    waitingSince: string;
  };
}

export type LetterKind = keyof LetterFacts;
