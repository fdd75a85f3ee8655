/** Passwords that keep the customer's policy and are still among the first ones tried: refused on top of it, ours (security.md S62). */
import { isCommonPassword } from './common-passwords.ts';

/** `common`: on the bundled list. `near-word`: holds a word that stands right beside it, such as the company's name. */
export type Guessable = 'common' | 'near-word';

/** Said of every rental company, whatever its brand. */
const TRADE_WORDS = 'rental';

/** Shorter ones stand in too many good passwords by chance. */
const SHORTEST_NEAR_WORD = 4;

/**
 * Why a candidate is easy to guess; undefined when it isn't.
 * @param near texts that stand beside the password: brand, company, the address before its @; judged word by word
 */
export function guessableBy(candidate: string, near: readonly string[]): Guessable | undefined {
  const plain = candidate.toLowerCase();
  if (isCommonPassword(plain)) return 'common';
  return nearWords([TRADE_WORDS, ...near]).some((word) => plain.includes(word)) ? 'near-word' : undefined;
}

/** The words a password can be made of: Latin letters and digits, however they were written. */
const nearWords = (texts: readonly string[]): string[] =>
  texts
    .flatMap(
      (text) =>
        text
          .normalize('NFKC')
          .toLowerCase()
          .match(/[a-z0-9]+/g) ?? [],
    )
    .filter((word) => word.length >= SHORTEST_NEAR_WORD);
