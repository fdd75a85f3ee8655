/** The short reference that stands on a mail and on the screen that goes with it, so that people can match them. It is no secret. */
import { randomBytes } from 'node:crypto';

/** Without look-alikes. */
const ALPHABET = 'ACDEFGHJKMNPQRTUVWXY34679';

export const newReference = (): string =>
  Array.from(randomBytes(4), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
