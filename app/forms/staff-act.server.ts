/** The staff's answer to an application: 手配済にする, or 手配不可 with a reason. */
import type { StaffAct } from '../../db/stores/commands.ts';
import { judgeText, tidyText } from '../../domain/text.ts';
import { staffApplicationTexts as texts } from '../texts/staff-applications.ts';

const LONGEST_REASON = 500;

/** `typed` is the reason as it was typed, to be shown again. */
export type AskedAct = { ok: true; act: StaffAct; typed: string } | { ok: false; error: string; typed: string };

/** Reads the answer. @throws Response 400 for what no button says */
export function readStaffAct(fields: ReadonlyMap<string, string>): AskedAct {
  const verb = fields.get('verb');
  const typed = fields.get('reason') ?? '';
  if (verb === 'arrange') return { ok: true, act: { verb }, typed };
  if (verb !== 'decline') throw new Response(null, { status: 400 });
  const reason = tidyText(typed);
  const error = faultIn(reason);
  return error === undefined ? { ok: true, act: { verb, reason }, typed } : { ok: false, error, typed };
}

function faultIn(reason: string): string | undefined {
  if (reason === '') return texts.reasonRequired;
  switch (judgeText(reason, LONGEST_REASON, 'many')) {
    case undefined:
      return undefined;
    case 'too-long':
      return texts.reasonTooLong(LONGEST_REASON);
    case 'unsafe-character':
      return texts.reasonUnsafe;
  }
}
