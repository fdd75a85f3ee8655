/** ログイン, as typed. The password policy is never applied here: what is right decides the store alone. */
import { z } from 'zod';

const typed = z.string().min(1);

export const memberSignIn = z.object({ loginId: typed, address: typed, password: typed });

export const staffSignIn = memberSignIn.omit({ loginId: true });

export type SignInField = keyof z.infer<typeof memberSignIn>;

/** The fields in which nothing was typed, in the form's order. */
export function missingFields(
  schema: typeof memberSignIn | typeof staffSignIn,
  fields: Map<string, string>,
): SignInField[] {
  const judged = schema.safeParse(Object.fromEntries(fields));
  const missing = new Set(judged.error?.issues.map((issue) => issue.path[0]));
  return memberSignIn.keyof().options.filter((field) => missing.has(field));
}
