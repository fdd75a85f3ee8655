/** 「お客様情報設定」, as posted: which button was pressed, with what. */
import { z } from 'zod';
import { rowIdOf } from './row-id.server.ts';

const registration = z.object({
  userName: z.string(),
  mfa: z.enum(['off', 'on']),
  currentPassword: z.string().default(''),
});

/** As it was typed. */
export interface TypedRegistration {
  userName: string;
  mfa: boolean;
}

export type AccountAct =
  | { act: 'change-registration'; typed: TypedRegistration; currentPassword: string }
  | { act: 'end-sessions'; which: 'all' | { id: string } | undefined; currentPassword: string }
  | { act: 'request-email-change' | 'mail-email-change-again' | 'cancel-email-change' }
  | { act: 'mail-reset-again' | 'cancel-reset'; procedureId: string }
  | { act: 'cancel-mfa' };

/** Reads it. @throws Response 400 for what no form of the page posts, 404 for an id that is none */
export function readAccountAct(fields: ReadonlyMap<string, string>): AccountAct {
  const act = fields.get('intent') ?? '';
  switch (act) {
    case 'change-registration': {
      const typed = readTypedRegistration(fields);
      if (typed === undefined) throw new Response(null, { status: 400 });
      return { act, typed, currentPassword: fields.get('currentPassword') ?? '' };
    }
    case 'end-sessions': {
      const chosen = fields.get('which');
      const which = chosen === undefined || chosen === 'all' ? chosen : { id: rowIdOf(chosen) };
      return { act, which, currentPassword: fields.get('currentPassword') ?? '' };
    }
    case 'request-email-change':
    case 'mail-email-change-again':
    case 'cancel-email-change':
    case 'cancel-mfa':
      return { act };
    case 'mail-reset-again':
    case 'cancel-reset':
      return { act, procedureId: rowIdOf(fields.get('procedureId')) };
    default:
      throw new Response(null, { status: 400 });
  }
}

/** 登録情報変更 as it was typed, also where it was kept over a sign-in; undefined for what its form doesn't post. */
export function readTypedRegistration(fields: ReadonlyMap<string, string>): TypedRegistration | undefined {
  const posted = registration.safeParse(Object.fromEntries(fields));
  return posted.success ? { userName: posted.data.userName, mfa: posted.data.mfa === 'on' } : undefined;
}
