/** ユーザ名, as typed at the set-up and at 登録情報変更. Source: security.md S80. */
import { done, refused, type Outcome } from './outcome.ts';
import { judgeText, tidyText, type TextFault } from './text.ts';

/** In code points; as long as 担当者名, which it fills in. */
export const longestUserName = 60;

export type UserNameFault = 'required' | TextFault;

/** The name as it is stored. */
export function judgeUserName(typed: string): Outcome<string, UserNameFault> {
  const tidied = tidyText(typed);
  const fault = tidied === '' ? 'required' : judgeText(tidied, longestUserName, 'one');
  return fault === undefined ? done(tidied) : refused(fault);
}
