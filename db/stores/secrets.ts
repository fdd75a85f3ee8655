/**
 * The only place where codes, session secrets and form tokens are made and judged. Codes are derived, never stored: a retry or a
 * resend mails the same one (S12). What a browser holds is stored as a digest only (S28).
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { CodePurpose } from '../../domain/flows/otp.ts';
import type { LinkPurpose } from '../../domain/procedures.ts';
import { keyRing } from '../../runtime/keys.ts';

/** 48 bits of the MAC over 10^6 codes leave a bias below 10^-8. */
const CODE_SPACE = 1_000_000;

/** The 6-digit code of a challenge: HMAC-SHA-256(key[kid], purpose ‖ kind of person ‖ challenge id). */
export function deriveCode(
  purpose: CodePurpose,
  person: 'member' | 'staff',
  challengeId: string,
  keyId: string,
): string {
  const mac = createHmac('sha256', keyRing('secret').key(keyId))
    .update(`code|${purpose}|${person}|${challengeId}`)
    .digest();
  return String(mac.readUIntBE(0, 6) % CODE_SPACE).padStart(6, '0');
}

/** The token of a mailed link, 256 bits in base64url: HMAC-SHA-256(key[kid], purpose ‖ link id), the same at every retry (S15). */
export const deriveLinkToken = (purpose: LinkPurpose, linkId: string, keyId: string): string =>
  createHmac('sha256', keyRing('secret').key(keyId)).update(`link|${purpose}|${linkId}`).digest('base64url');

/** Compares in constant time whatever was typed. */
export function sameSecret(given: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(right));
}

/** The key id for codes and links made now. */
export const currentSecretKeyId = (): string => keyRing('secret').currentId;

/** A new 256-bit browser secret, base64url. */
export const newBrowserSecret = (): string => randomBytes(32).toString('base64url');

/** What is stored of a browser secret or a link's token. */
export const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** The form token of a subject (a session id, or a visitor's digest: no dots): `subject.keyId.mac`, bound to that browser (S30). */
export function formTokenFor(subject: string, keyId = keyRing('session').currentId): string {
  const mac = createHmac('sha256', keyRing('session').key(keyId)).update(`form|${subject}`).digest('base64url');
  return `${subject}.${keyId}.${mac}`;
}

/** Whose form token this is: its subject, or undefined when we never made it. Tokens of an older key still count. */
export function subjectOfFormToken(token: string): string | undefined {
  const [subject, keyId] = token.split('.');
  if (subject === undefined || keyId === undefined || !keyRing('session').ids.includes(keyId)) return undefined;
  return sameSecret(token, formTokenFor(subject, keyId)) ? subject : undefined;
}

/** The seal of an audit line, chained to the one before it (S70). */
export const auditSeal = (before: Buffer, line: string, keyId: string): Buffer =>
  createHmac('sha256', keyRing('secret').key(keyId)).update('audit|').update(before).update(line).digest();

/** Seals text that only this site may read again (AES-256-GCM): what was typed into a form whose session had ended. */
export function seal(text: string): Buffer {
  const keyId = keyRing('secret').currentId;
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(keyId), iv);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from(keyId.padEnd(16)), iv, cipher.getAuthTag(), body]);
}

/** Opens what {@link seal} closed. @throws Error when it was tampered with. */
export function unseal(sealed: Buffer): string {
  const decipher = createDecipheriv(
    'aes-256-gcm',
    sealingKey(sealed.subarray(0, 16).toString().trim()),
    sealed.subarray(16, 28),
  );
  decipher.setAuthTag(sealed.subarray(28, 44));
  return Buffer.concat([decipher.update(sealed.subarray(44)), decipher.final()]).toString('utf8');
}

const sealingKey = (keyId: string): Buffer =>
  createHmac('sha256', keyRing('secret').key(keyId)).update('seal').digest();
